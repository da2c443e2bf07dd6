import { useState } from 'react';
import { Trans } from '@lingui/react/macro';
import type { EntryDoor } from '#shared/model/paper.ts';
import { TextField } from '../../ui/field.tsx';

export interface JumpFieldProps {
  readonly doors: readonly EntryDoor[];
  readonly onJump: (index: number) => void;
}

/** A door's number and Enter: the line of that door. */
export function JumpField({ doors, onJump }: JumpFieldProps) {
  const [number, setNumber] = useState('');
  const [wrong, setWrong] = useState(false);
  return (
    <form
      className="paper-jump"
      onSubmit={(event) => {
        event.preventDefault();
        const index = doors.findIndex(({ position }) => String(position) === number.trim());
        setWrong(index === -1);
        if (index === -1) return;
        setNumber('');
        onJump(index);
      }}
    >
      <TextField
        label={<Trans>Go to number</Trans>}
        inputMode="numeric"
        autoComplete="off"
        value={number}
        error={wrong ? <Trans>No door has this number.</Trans> : null}
        onChange={({ target }) => setNumber(target.value)}
      />
    </form>
  );
}
