import '../../../ui/door-words.ts';
import { useEffect, useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { PersonId } from '#shared/kernel/ids.ts';
import type { Person } from '#shared/model/person.ts';
import { Button } from '../../../ui/button.tsx';
import { ChooseOne } from '../../../ui/choice.tsx';
import { resultWords } from '../../../ui/result-words.ts';
import { Sheet } from '../../../ui/sheet.tsx';
import { fullName } from '../address-words.ts';
import type { DoorRow } from '../door-row.ts';
import { NoteField } from './note-field.tsx';
import { onlyPerson } from './only-person.ts';
import { ResidentFields } from './resident-fields.tsx';
import { resultFact } from './result-fact.ts';
import { resultMeaning } from './result-words.ts';
import { useResultNote } from './use-result-note.ts';
import { useResident } from './use-resident.ts';
import type { Fact } from '../walk-context.ts';

export interface MovedSheetProps {
  readonly row: DoorRow;
  /** Who moved where that is known, and the page says; left out: it is asked. */
  readonly about?: PersonId;
  readonly where: string;
  readonly onClose: () => void;
  /** Resolves with true once it is durable; the door stays open. */
  readonly onSave: (fact: Fact, what: string) => Promise<boolean>;
  readonly onTalk: (person: Pick<Person, 'id'>) => void;
  /** Nobody of those who live there now was met: on to the next door. */
  readonly onLeave: () => void;
}

const EVERYONE = 'everyone';

/** Who moved away, and at once who lives there now: somebody new to talk with, or nobody met. */
export function MovedSheet(props: MovedSheetProps) {
  const { row, about, where, onClose, onSave, onTalk, onLeave } = props;
  const { t } = useLingui();
  const [who, setWho] = useState<string | null>(about ?? onlyPerson(row));
  const note = useResultNote(row.door.id, about, onClose);
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState(false);
  const [saved, setSaved] = useState(false);
  const resident = useResident(row, where);
  const asksWho = about === undefined && row.people.length > 0;

  const save = async (): Promise<void> => {
    if (asksWho && who === null) {
      setAsked(true);
      return;
    }
    setBusy(true);
    const person = row.people.find(({ id }) => id === who);
    const text = note.value.trim();
    const fact = resultFact(row.door.id, 'moved', person?.id ?? null, text === '' ? null : text);
    const what = t(resultWords.moved);
    const named = person !== undefined && person.id !== about;
    const done = await onSave(fact, named ? `${what}, ${fullName(person)}` : what);
    if (done) await note.drop();
    setBusy(false);
    setSaved(done);
  };
  // The button that was pressed is gone: readers go on with the question that has come.
  useEffect(() => {
    if (saved) document.querySelector<HTMLElement>('.sheet')?.focus({ preventScroll: true });
  }, [saved]);

  const talk = async (): Promise<void> => {
    const added = await resident.add();
    if (added !== null) onTalk({ id: added });
  };

  const frame = {
    open: true,
    onOpenChange: (open: boolean) => {
      if (!open) onClose();
    },
  };
  if (saved) {
    return (
      <Sheet
        {...frame}
        title={<Trans>And who lives here now?</Trans>}
        description={<Trans>It is saved that they moved. Whoever lives here now counts.</Trans>}
        footer={
          <div className="sheet-two">
            <Button size="large" wide onClick={onLeave}>
              <Trans>Nobody met</Trans>
            </Button>
            <Button
              variant="primary"
              size="large"
              wide
              busy={resident.busy}
              onClick={() => void talk()}
            >
              <Trans>Add and talk</Trans>
            </Button>
          </div>
        }
      >
        <ResidentFields resident={resident} onSubmit={() => void talk()} />
      </Sheet>
    );
  }
  return (
    <Sheet
      {...frame}
      title={t(resultWords.moved)}
      description={t(resultMeaning.moved)}
      footer={
        <Button variant="primary" size="large" wide busy={busy} onClick={() => void save()}>
          <Trans>Save, and who lives here now</Trans>
        </Button>
      }
    >
      <div className="stack">
        {asksWho && (
          <ChooseOne
            legend={<Trans>Who moved away?</Trans>}
            options={[
              ...row.people.map((person) => ({
                value: person.id as string,
                label: fullName(person),
              })),
              ...(row.people.length > 1
                ? [{ value: EVERYONE, label: <Trans>Everyone</Trans> }]
                : []),
            ]}
            value={who}
            onChange={setWho}
          />
        )}
        {asked && asksWho && who === null && (
          <p className="field-error" role="alert">
            <Trans>Choose whom this is about first.</Trans>
          </p>
        )}
        <NoteField
          label={<Trans>Note (if it helps the next visit)</Trans>}
          value={note.value}
          names={row.people.map(fullName)}
          onChange={note.change}
        />
      </div>
    </Sheet>
  );
}
