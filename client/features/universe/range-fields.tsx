import { useLingui } from '@lingui/react/macro';
import { TextField } from '../../ui/field.tsx';

export interface NumberRangeProps {
  readonly min: number | null;
  readonly max: number | null;
  /** Whole numbers from 0 to this; null: any number. */
  readonly most: number | null;
  readonly hints?: readonly [string, string];
  readonly onChange: (min: number | null, max: number | null) => void;
}

/** From and to, either of which may be open. */
export function NumberRange({ min, max, most, hints, onChange }: NumberRangeProps) {
  const { t } = useLingui();
  const read = (typed: number): number | null => {
    if (Number.isNaN(typed)) return null;
    return most === null ? typed : Math.max(0, Math.min(most, Math.round(typed)));
  };
  const shared = {
    type: 'number',
    inputMode: most === null ? 'decimal' : 'numeric',
    step: most === null ? 'any' : 1,
    ...(most !== null && { min: 0, max: most }),
  } as const;
  return (
    <>
      <div className="universe-range">
        <TextField
          {...shared}
          label={t`From`}
          placeholder={hints?.[0] ?? t`any`}
          value={min ?? ''}
          onChange={(event) => onChange(read(event.target.valueAsNumber), max)}
        />
        <TextField
          {...shared}
          label={t`To`}
          placeholder={hints?.[1] ?? t`any`}
          value={max ?? ''}
          onChange={(event) => onChange(min, read(event.target.valueAsNumber))}
        />
      </div>
      {min !== null && max !== null && min > max && (
        <p
          className="field-error"
          role="alert"
        >{t`Nothing is above ${min} and below ${max}. Swap the two.`}</p>
      )}
    </>
  );
}

export interface DayRangeProps {
  readonly from: string | null;
  readonly to: string | null;
  readonly onChange: (from: string | null, to: string | null) => void;
}

/** The same for days. */
export function DayRange({ from, to, onChange }: DayRangeProps) {
  const { t } = useLingui();
  const read = (typed: string): string | null => (typed === '' ? null : typed);
  return (
    <div className="universe-range">
      <TextField
        type="date"
        label={t`From`}
        value={from ?? ''}
        onChange={(event) => onChange(read(event.target.value), to)}
      />
      <TextField
        type="date"
        label={t`To`}
        value={to ?? ''}
        onChange={(event) => onChange(from, read(event.target.value))}
      />
    </div>
  );
}
