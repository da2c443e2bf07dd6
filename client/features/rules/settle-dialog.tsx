import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { FoundPerson } from '#shared/model/privacy.ts';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';

/** What is about to be done to whom. */
export interface Asked {
  readonly person: FoundPerson;
  readonly what: 'erase' | 'clear';
  /** Everybody at the door had asked, and all are cleared. */
  readonly ofDoor: boolean;
}

export interface SettleDialogProps {
  readonly asked: Asked | null;
  readonly busy: boolean;
  readonly onSettle: (why: string) => void;
  readonly onCancel: () => void;
}

const SHORTEST = 3;

/** Asks for the reason before anything is done that stays in the audit chain for ever. */
export function SettleDialog({ asked, busy, onSettle, onCancel }: SettleDialogProps) {
  const { t } = useLingui();
  const [why, setWhy] = useState('');
  if (asked === null) return null;
  const { person, what, ofDoor } = asked;
  const { name } = person;
  const door = ofDoor || person.doNotContact === 'door';
  const erases = what === 'erase';
  return (
    <ConfirmDialog
      open
      danger
      busy={busy}
      title={erases ? t`Erase ${name}?` : t`Let ${name} be contacted again?`}
      action={erases ? t`Erase for good` : t`Let them be contacted`}
      ready={why.trim().length >= SHORTEST}
      onConfirm={() => {
        onSettle(why.trim());
        setWhy('');
      }}
      onCancel={() => {
        setWhy('');
        onCancel();
      }}
    >
      <div className="stack">
        <p>
          {erases && (
            <Trans>
              Their rows go, and what was said of them goes. That somebody knocked stays, without
              them. This cannot be undone, not even by a backup.
            </Trans>
          )}
          {!erases && door && (
            <Trans>
              Everybody at this door had asked to be left alone. All of them may be contacted again.
            </Trans>
          )}
          {!erases && !door && (
            <Trans>They asked to be left alone. If they ask again, that counts again.</Trans>
          )}
        </p>
        <TextField
          label={t`Why`}
          hint={t`It stays in the audit chain. Leave names out.`}
          value={why}
          maxLength={500}
          onChange={(event) => setWhy(event.target.value)}
        />
      </div>
    </ConfirmDialog>
  );
}
