import '../../../ui/door-words.ts';
import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconBan } from '@tabler/icons-react';
import type { PersonId } from '#shared/kernel/ids.ts';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { resultWords } from '../../../ui/result-words.ts';
import { Sheet } from '../../../ui/sheet.tsx';
import { fullName } from '../address-words.ts';
import type { DoorRow } from '../door-row.ts';
import { NoteField } from './note-field.tsx';
import { resultFact } from './result-fact.ts';
import { resultMeaning } from './result-words.ts';
import { useResultNote } from './use-result-note.ts';
import type { Fact } from '../walk-context.ts';

export interface StopSheetProps {
  readonly row: DoorRow;
  /** Who it is about where that is known: the page says their name, and their note is theirs. */
  readonly about?: PersonId;
  readonly onClose: () => void;
  /** Resolves with true once it is durable. */
  readonly onSave: (fact: Fact, what: string) => Promise<boolean>;
}

/** Do not contact: the second tap says whom, and that is all. */
export function StopSheet({ row, about, onClose, onSave }: StopSheetProps) {
  const { t } = useLingui();
  const note = useResultNote(row.door.id, about, onClose);
  const [busy, setBusy] = useState<PersonId | 'everyone' | null>(null);
  const people = row.people.filter(({ doNotContact }) => !doNotContact);

  const stop = async (personId: PersonId | null): Promise<void> => {
    if (busy !== null) return;
    setBusy(personId ?? 'everyone');
    const person = people.find(({ id }) => id === personId);
    const text = note.value.trim();
    const fact = resultFact(row.door.id, 'do-not-contact', personId, text === '' ? null : text);
    const what = t(resultWords['do-not-contact']);
    const named = person !== undefined && person.id !== about;
    const saved = await onSave(fact, named ? `${what}, ${fullName(person)}` : what);
    if (saved) await note.drop();
    setBusy(null);
    if (saved) onClose();
  };

  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(resultWords['do-not-contact'])}
      description={t(resultMeaning['do-not-contact'])}
    >
      <div className="stack">
        <ul className="stop-list" role="list">
          {people.map((person) => (
            <li key={person.id}>
              <Button
                variant="danger"
                size="large"
                wide
                busy={busy === person.id}
                icon={<IconBan size={20} aria-hidden />}
                onClick={() => void stop(person.id)}
              >
                <Trans>Never contact {fullName(person)}</Trans>
              </Button>
            </li>
          ))}
          <li>
            <Button
              variant="danger"
              size="large"
              wide
              busy={busy === 'everyone'}
              icon={<IconBan size={20} aria-hidden />}
              onClick={() => void stop(null)}
            >
              <Trans>Never contact anyone at this door</Trans>
            </Button>
          </li>
        </ul>
        <Notice tone="problem">
          <Trans>
            Saved at once. It wins over everything else, in every campaign of the chapter, and it
            stays after every new voter file. Undo does not clear it: only the chapter can.
          </Trans>
        </Notice>
        <NoteField
          label={<Trans>Note, before you choose (if they gave a reason)</Trans>}
          value={note.value}
          names={row.people.map(fullName)}
          onChange={note.change}
        />
      </div>
    </Sheet>
  );
}
