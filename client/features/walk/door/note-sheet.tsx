import '../../../ui/door-words.ts';
import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '../../../ui/button.tsx';
import { ChooseOne } from '../../../ui/choice.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import { fullName } from '../address-words.ts';
import type { DoorRow } from '../door-row.ts';
import { NoteField } from './note-field.tsx';
import { useDraft } from '../talk/use-draft.ts';
import type { Fact } from '../walk-context.ts';

export interface NoteSheetProps {
  readonly row: DoorRow;
  readonly onClose: () => void;
  readonly onSave: (fact: Fact, what: string) => Promise<boolean>;
}

interface NoteDraft {
  readonly about: string | null;
  readonly text: string;
}

const DOOR = 'door';
const EMPTY: NoteDraft = { about: null, text: '' };

function isNoteDraft(kept: unknown): kept is NoteDraft {
  return typeof kept === 'object' && kept !== null && 'text' in kept && 'about' in kept;
}

/** A note about the door or one person, without a knock. */
export function NoteSheet({ row, onClose, onSave }: NoteSheetProps) {
  const { t } = useLingui();
  const draft = useDraft(row.door.id, 'note', EMPTY, isNoteDraft, onClose);
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState(false);
  const { about, text } = draft.value;
  const ready = text.trim() !== '' && (about !== null || row.people.length === 0);

  const save = async (): Promise<void> => {
    if (!ready) {
      setAsked(true);
      return;
    }
    setBusy(true);
    const person = row.people.find(({ id }) => id === about);
    const payload = { doorId: row.door.id, personId: person?.id ?? null, text: text.trim() };
    const saved = await onSave({ type: 'note', payload }, t`Note`);
    setBusy(false);
    if (!saved) return;
    await draft.drop();
    onClose();
  };

  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={<Trans>Note</Trans>}
      description={<Trans>The next person at this door will read it. It is no knock.</Trans>}
      footer={
        <Button variant="primary" size="large" wide busy={busy} onClick={() => void save()}>
          <Trans>Save note</Trans>
        </Button>
      }
    >
      <div className="stack">
        {row.people.length > 0 && (
          <ChooseOne
            legend={<Trans>What is it about?</Trans>}
            options={[
              { value: DOOR, label: <Trans>The door</Trans> },
              ...row.people.map((person) => ({
                value: person.id as string,
                label: fullName(person),
              })),
            ]}
            value={about}
            onChange={(value) => draft.change({ about: value, text })}
          />
        )}
        <NoteField
          value={text}
          names={row.people.map(fullName)}
          onChange={(words) => draft.change({ about, text: words })}
        />
        {asked && !ready && (
          <p className="field-error" role="alert">
            <Trans>Write the note and say what it is about.</Trans>
          </p>
        )}
      </div>
    </Sheet>
  );
}
