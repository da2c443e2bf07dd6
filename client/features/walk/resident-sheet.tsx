import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { makeId, type PersonId } from '#shared/kernel/ids.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import type { DoorRow } from './door-row.ts';
import { randomBytes } from '../../store/phone-store.ts';
import { useSaveGuard } from './save-guard.tsx';

export interface ResidentSheetProps {
  readonly row: DoorRow;
  readonly where: string;
  readonly onClose: () => void;
  readonly onTalk: (person: { readonly id: PersonId }) => void;
}

/** Somebody who is in no roll: a name, then the conversation. */
export function ResidentSheet({ row, where, onClose, onTalk }: ResidentSheetProps) {
  const { t } = useLingui();
  const { saveWithUndo } = useSaveGuard();
  const [firstName, setFirstName] = useState('');
  const [lastName, setLastName] = useState('');
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);

  const add = async (): Promise<void> => {
    if (firstName.trim() === '') {
      setAsked(true);
      return;
    }
    setBusy(true);
    const personId = makeId<PersonId>(Date.now(), randomBytes);
    const payload = {
      personId,
      doorId: row.door.id,
      firstName: firstName.trim(),
      lastName: lastName.trim(),
    };
    const words = { where, what: t`New here: ${payload.firstName}` };
    const said = t`${payload.firstName} is added`;
    const operation = await saveWithUndo({ type: 'resident', payload }, words, said);
    setBusy(false);
    if (operation !== null) onTalk({ id: personId });
  };

  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={<Trans>Somebody else opened</Trans>}
      description={<Trans>New here, too young to vote, not registered: everyone counts.</Trans>}
      footer={
        <Button variant="primary" size="large" wide busy={busy} onClick={() => void add()}>
          <Trans>Add and talk</Trans>
        </Button>
      }
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <TextField
          label={<Trans>First name</Trans>}
          autoComplete="off"
          maxLength={80}
          value={firstName}
          error={
            asked && firstName.trim() === '' ? <Trans>A first name is enough.</Trans> : undefined
          }
          onChange={(event) => setFirstName(event.target.value)}
        />
        <TextField
          label={<Trans>Last name (if they give it)</Trans>}
          autoComplete="off"
          maxLength={80}
          value={lastName}
          onChange={(event) => setLastName(event.target.value)}
        />
        <button type="submit" hidden />
      </form>
    </Sheet>
  );
}
