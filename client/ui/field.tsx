import { useId, type ComponentProps, type ReactNode } from 'react';
import { IconAlertCircle } from '@tabler/icons-react';
import { joinClasses } from './join-classes.ts';

export interface FieldWords {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** A sentence: what is wrong and what to do. */
  readonly error?: ReactNode;
}

interface FieldProps extends FieldWords {
  readonly children: (control: {
    readonly id: string;
    readonly 'aria-describedby': string | undefined;
    readonly 'aria-invalid': boolean | undefined;
  }) => ReactNode;
}

/** A label, its control, a hint and an error, tied together for screen readers. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  // A fault is often said as `wrong && words`: false is none.
  const [hinted, wrong] = [Boolean(hint), Boolean(error)];
  const parts = [hinted && `${id}-hint`, wrong && `${id}-error`].filter(Boolean);
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {hinted && (
        <span className="field-hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {children({
        id,
        'aria-describedby': parts.length > 0 ? parts.join(' ') : undefined,
        'aria-invalid': wrong ? true : undefined,
      })}
      {wrong && (
        <span className="field-error" id={`${id}-error`} role="alert">
          <IconAlertCircle size={16} aria-hidden />
          <span>{error}</span>
        </span>
      )}
    </div>
  );
}

export function TextField({
  label,
  hint,
  error,
  className,
  ...rest
}: FieldWords & ComponentProps<'input'>) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <input type="text" {...rest} {...control} className={joinClasses('input', className)} />
      )}
    </Field>
  );
}

export function TextArea({
  label,
  hint,
  error,
  className,
  ...rest
}: FieldWords & ComponentProps<'textarea'>) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <textarea rows={2} {...rest} {...control} className={joinClasses('input', className)} />
      )}
    </Field>
  );
}

/** `children` are the options. */
export function SelectField({
  label,
  hint,
  error,
  className,
  ...rest
}: FieldWords & ComponentProps<'select'>) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => <select {...rest} {...control} className={joinClasses('input', className)} />}
    </Field>
  );
}
