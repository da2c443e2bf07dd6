import { useState, type ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { TextField } from '../../../ui/field.tsx';

export interface NumberInputProps {
  readonly label: ReactNode;
  /** Null: nothing was answered, or something that is no number. */
  readonly value: number | null;
  /** What was typed before and is no number yet, of a conversation that is gone on with. */
  readonly typed: string;
  readonly onChange: (number: number | null, typed: string) => void;
}

const MOST = 1e9;

/** A number as typed, with a point or a comma; null for what is none. */
export function readNumber(typed: string): number | null {
  const text = typed.trim().replace(',', '.');
  if (!/^-?(\d+\.?\d*|\.\d+)$/.test(text)) return null;
  const number = Number(text);
  return Math.abs(number) <= MOST ? number : null;
}

/** A number, typed as people type it: what is not whole yet stays as it is. */
export function NumberInput({ label, value, typed: kept, onChange }: NumberInputProps) {
  const { t } = useLingui();
  const [typed, setTyped] = useState(kept);
  const read = readNumber(typed);
  const wrong = value === null && typed.trim() !== '' && read === null;
  // What was answered elsewhere, or cleared, counts more than what was typed before.
  const shown = wrong || (value !== null && read === value) ? typed : (value?.toString() ?? '');
  return (
    <TextField
      label={label}
      inputMode="decimal"
      autoComplete="off"
      maxLength={20}
      value={shown}
      error={wrong && typed.trim() !== '-' ? t`Write a number, such as 3 or 2.5.` : null}
      onChange={(event) => {
        setTyped(event.target.value);
        const number = readNumber(event.target.value);
        onChange(number, number === null ? event.target.value : '');
      }}
    />
  );
}
