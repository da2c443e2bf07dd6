import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { TextField } from '../../../ui/field.tsx';

/** Whoever types two figures of a year means no day of the first century; no year has five. */
const FIRST_DAY = '1900-01-01';
const LAST_DAY = '9999-12-31';

export interface DateInputProps {
  readonly label: ReactNode;
  /** `YYYY-MM-DD`; '': nothing was answered, or something that is no day. */
  readonly value: string;
  /** There is another answer than a day. */
  readonly other: boolean;
  readonly onChange: (date: string) => void;
}

/** A day; half of one, or one that never was, is said to be none. */
export function DateInput({ label, value, other, onChange }: DateInputProps) {
  const { t } = useLingui();
  const field = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState(false);
  // Half a day is the browser's own: nothing else takes it out of the field.
  useEffect(() => {
    if (!other || field.current === null) return;
    field.current.value = '';
    setWrong(false);
  }, [other]);
  return (
    <TextField
      ref={field}
      label={label}
      type="date"
      min={FIRST_DAY}
      max={LAST_DAY}
      value={value}
      error={wrong && t`There is no such day.`}
      onBlur={(event) => setWrong(!event.target.validity.valid)}
      onChange={(event) => {
        setWrong(false);
        onChange(event.target.value);
      }}
    />
  );
}
