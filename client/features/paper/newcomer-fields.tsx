import { Trans } from '@lingui/react/macro';
import { TextField } from '../../ui/field.tsx';
import { makePersonId } from './kept-entry.ts';
import type { Line } from './line.ts';

export interface LinePartProps {
  readonly line: Line;
  readonly onLine: (line: Line) => void;
}

/** Who is on no list: whoever opened, or who lives there now that somebody moved away. */
export function NewcomerFields({ line, onLine }: LinePartProps) {
  const { happened, newcomer } = line;
  const { firstName, lastName } = newcomer ?? { firstName: '', lastName: '' };
  const set = (names: Partial<Record<'firstName' | 'lastName', string>>): void => {
    const personId = newcomer?.personId ?? makePersonId();
    onLine({ ...line, newcomer: { personId, firstName, lastName, ...names } });
  };
  return (
    <fieldset className="paper-newcomer">
      <legend className="choice-legend">
        {happened === 'moved' ? (
          <Trans>And who lives here now? Nobody met: leave it empty.</Trans>
        ) : (
          <Trans>Somebody new here</Trans>
        )}
      </legend>
      <div className="paper-questions">
        <TextField
          className="paper-newcomer-first"
          label={<Trans>First name</Trans>}
          value={firstName}
          maxLength={80}
          autoComplete="off"
          onChange={({ target }) => set({ firstName: target.value })}
        />
        <TextField
          label={<Trans>Last name (if they say it)</Trans>}
          value={lastName}
          maxLength={80}
          autoComplete="off"
          onChange={({ target }) => set({ lastName: target.value })}
        />
      </div>
    </fieldset>
  );
}
