import { useState, type ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { TextField } from '../../../ui/field.tsx';
import { readNumber } from './read-number.ts';

export interface NumberInputProps {
  readonly label: ReactNode;
  /** Null: nothing was answered, or something that is no number. */
  readonly value: number | null;
  /** What stands in the field and is no number yet; '' where it is one, or nothing. */
  readonly typed: string;
  readonly onChange: (number: number | null, typed: string) => void;
}

/** A number, typed as people type it: what is not whole yet stays as it is. */
export function NumberInput({ label, value, typed: half, onChange }: NumberInputProps) {
  const { t } = useLingui();
  const [typed, setTyped] = useState('');
  const wrong = half.trim() !== '';
  const fault =
    readNumber(half) === 'too-large'
      ? t`This number is too large.`
      : t`Write a number, such as 3 or 2.5.`;
  // What was answered elsewhere, or cleared, counts more than what was typed before.
  const whole = value !== null && readNumber(typed) === value ? typed : (value?.toString() ?? '');
  return (
    <TextField
      label={label}
      inputMode="decimal"
      autoComplete="off"
      maxLength={20}
      value={half === '' ? whole : half}
      error={wrong && half.trim() !== '-' && fault}
      data-half={wrong ? '' : undefined}
      onChange={(event) => {
        setTyped(event.target.value);
        const number = readNumber(event.target.value);
        if (typeof number === 'number') onChange(number, '');
        else onChange(null, event.target.value);
      }}
    />
  );
}
