import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { ResultCode } from '#shared/model/results.ts';
import { Button } from '../../ui/button.tsx';
import { ChooseOne } from '../../ui/choice.tsx';
import { TextArea } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { fullName } from './address-words.ts';
import type { DoorRow } from './door-row.ts';
import { resultFact } from './result-fact.ts';
import { resultWho } from '../../ui/result-who.ts';
import { resultWords } from '../../ui/result-words.ts';
import { resultMeaning } from './result-words.ts';
import type { Fact } from './walk-context.ts';

export interface ResultSheetProps {
  readonly row: DoorRow;
  readonly result: ResultCode;
  readonly onClose: () => void;
  /** Resolves with true once it is durable. */
  readonly onSave: (fact: Fact, what: string) => Promise<boolean>;
}

const NOBODY = 'nobody-known';

/** One result before it is saved: what it means, whom it is about, a note. Nothing is preselected. */
export function ResultSheet({ row, result, onClose, onSave }: ResultSheetProps) {
  const { t } = useLingui();
  const [who, setWho] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState(false);
  const belongs = resultWho[result];
  const people = row.people.map((person) => ({
    value: person.id as string,
    label: fullName(person),
  }));
  const asks = belongs !== 'door' && (belongs === 'may' || people.length > 0);
  const stop = result === 'do-not-contact';
  const whole = {
    value: NOBODY,
    label: stop ? <Trans>Everyone at this door</Trans> : <Trans>I do not know who</Trans>,
  };
  const ready = !asks || who !== null;

  const save = async (): Promise<void> => {
    if (!ready) {
      setAsked(true);
      return;
    }
    setBusy(true);
    const person = row.people.find(({ id }) => id === who);
    const text = note.trim();
    const fact = resultFact(row.door.id, result, person?.id ?? null, text === '' ? null : text);
    const name = person ? `${t(resultWords[result])}, ${fullName(person)}` : t(resultWords[result]);
    const saved = await onSave(fact, name);
    setBusy(false);
    if (saved) onClose();
  };

  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(resultWords[result])}
      description={t(resultMeaning[result])}
      footer={
        <Button
          variant={stop ? 'danger' : 'primary'}
          size="large"
          wide
          busy={busy}
          onClick={() => void save()}
        >
          {stop ? <Trans>Never contact again</Trans> : <Trans>Save</Trans>}
        </Button>
      }
    >
      <div className="stack">
        {stop && (
          <Notice tone="problem">
            <Trans>
              This wins over everything else, in every campaign of the chapter, and it stays after
              every new voter file. Undo does not clear it: only the chapter can.
            </Trans>
          </Notice>
        )}
        {asks && (
          <ChooseOne
            legend={<Trans>Who is it about?</Trans>}
            options={[...people, whole]}
            value={who}
            onChange={setWho}
          />
        )}
        {asked && !ready && (
          <p className="field-error" role="alert">
            <Trans>Choose whom this is about first.</Trans>
          </p>
        )}
        <TextArea
          label={<Trans>Note (if it helps the next visit)</Trans>}
          value={note}
          maxLength={4000}
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
    </Sheet>
  );
}
