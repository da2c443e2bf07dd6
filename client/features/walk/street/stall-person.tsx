import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconBan, IconMessageCircle, IconPencil } from '@tabler/icons-react';
import type { Person } from '#shared/model/person.ts';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { fullName } from '../address-words.ts';
import type { DoorRow } from '../door-row.ts';
import { PersonKnown } from '../door/person-known.tsx';
import { resultFact } from '../door/result-fact.ts';
import { useSaveGuard } from '../save-guard.tsx';

export interface StallPersonProps {
  readonly row: DoorRow;
  readonly person: Person;
  readonly onClose: () => void;
  readonly onTalk: (person: Person) => void;
  /** Another name, a telephone number, an email. */
  readonly onCorrect: (person: Person) => void;
}

/** Somebody who was met at the stall: talk once more, or never again. */
export function StallPerson({ row, person, onClose, onTalk, onCorrect }: StallPersonProps) {
  const { t } = useLingui();
  const { save } = useSaveGuard();
  const [asks, setAsks] = useState(false);
  const [busy, setBusy] = useState(false);
  const name = fullName(person);
  const stop = async (): Promise<void> => {
    setBusy(true);
    // Of this person alone: nobody may speak for everyone who comes by.
    const fact = resultFact(row.door.id, 'do-not-contact', person.id);
    const what = t`Do not contact ${name}`;
    const saved = await save(fact, { where: row.building.street, what });
    setBusy(false);
    setAsks(false);
    if (saved === null) return;
    showToast({ text: t`Saved: ${what}` });
    onClose();
  };
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()} title={name}>
      <div className="stack">
        <PersonKnown doorId={row.door.id} personId={person.id} />
        {person.doNotContact ? (
          <p>
            <Trans>{name} asked not to be contacted. That wins over everything.</Trans>
          </p>
        ) : (
          <>
            <Button
              variant="primary"
              size="large"
              wide
              icon={<IconMessageCircle size={22} aria-hidden />}
              onClick={() => onTalk(person)}
            >
              <Trans>Talk</Trans>
            </Button>
            <Button
              wide
              icon={<IconPencil size={20} aria-hidden />}
              onClick={() => onCorrect(person)}
            >
              <Trans>Put name or number right</Trans>
            </Button>
            <Button wide icon={<IconBan size={20} aria-hidden />} onClick={() => setAsks(true)}>
              <Trans>Do not contact</Trans>
            </Button>
          </>
        )}
      </div>
      <ConfirmDialog
        open={asks}
        title={<Trans>Never contact {name} again?</Trans>}
        action={t`Never contact again`}
        danger
        busy={busy}
        onConfirm={() => void stop()}
        onCancel={() => setAsks(false)}
      >
        <Trans>
          This wins over everything else, in every campaign of the chapter. Only the chapter can
          clear it.
        </Trans>
      </ConfirmDialog>
    </Sheet>
  );
}
