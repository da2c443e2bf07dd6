import { type KeyboardEvent, useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';

export interface FoundFieldProps {
  readonly ready: boolean;
  /** Takes a unit; gives why it is not taken, or null. */
  readonly onFound: (unit: string) => Promise<FoundTrouble | null>;
}

/** Why a unit is not a door to be added. */
export type FoundTrouble = 'unit' | 'shift' | 'held' | 'flagged';

/** A dwelling of this building that is on no list: it gets a line of its own at once. */
export function FoundField({ ready, onFound }: FoundFieldProps) {
  const { t } = useLingui();
  const [typed, setTyped] = useState('');
  const [trouble, setTrouble] = useState<FoundTrouble | null>(null);
  const words: Readonly<Record<FoundTrouble, string>> = {
    unit: t`Name one unit, such as 3B or Basement.`,
    shift: t`Say at the top who walked, on which day and from when.`,
    held: t`It is on another turf’s list: type it in there.`,
    flagged: t`Somebody there asked not to be contacted.`,
  };
  const add = async (): Promise<void> => {
    if (!ready) return setTrouble('shift');
    const why = await onFound(typed);
    setTrouble(why);
    if (why === null) setTyped('');
  };
  // The line's own keys save the line; here Enter adds the unit.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    event.stopPropagation();
    void add();
  };
  return (
    <div className="row paper-found-row">
      <TextField
        label={t`Unit that is not on the list`}
        hint={t`It gets a line of its own, below its building.`}
        error={trouble === null ? undefined : words[trouble]}
        value={typed}
        maxLength={20}
        autoCapitalize="characters"
        autoComplete="off"
        onKeyDown={onKeyDown}
        onChange={({ target }) => setTyped(target.value)}
      />
      <Button onClick={() => void add()}>
        <Trans>Add its line</Trans>
      </Button>
    </div>
  );
}
