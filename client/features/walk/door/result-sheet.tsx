import '../../../ui/door-words.ts';
import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { PersonId } from '#shared/kernel/ids.ts';
import type { ResultCode } from '#shared/model/results.ts';
import { Button } from '../../../ui/button.tsx';
import { ChooseOne } from '../../../ui/choice.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import { resultWho } from '../../../ui/result-who.ts';
import { resultWords } from '../../../ui/result-words.ts';
import { fullName } from '../address-words.ts';
import { ComeBackChoice, type ComeBackSaid, NO_TIME } from './come-back-choice.tsx';
import { dayAhead } from './come-back-words.ts';
import type { DoorRow } from '../door-row.ts';
import { LanguageChoice, UNKNOWN_LANGUAGE } from './language-choice.tsx';
import { NoteField } from './note-field.tsx';
import { onlyPerson } from './only-person.ts';
import { resultFact, type ResultMore } from './result-fact.ts';
import { resultMeaning } from './result-words.ts';
import { useResultNote } from './use-result-note.ts';
import { callMeaning, callWord } from '../street/call-words.ts';
import { useWalk, type Fact } from '../walk-context.ts';

export interface ResultSheetProps {
  readonly row: DoorRow;
  readonly result: ResultCode;
  /** Whom it is about where that is known, and the page says; left out: it is asked. */
  readonly about?: PersonId;
  readonly onClose: () => void;
  /** Resolves with true once it is durable. */
  readonly onSave: (fact: Fact, what: string) => Promise<boolean>;
}

const NOBODY = 'nobody-known';

function isPast(said: ComeBackSaid): boolean {
  return said !== null && said !== NO_TIME && said.day !== null && said.day < dayAhead(0);
}

/**
 * One result before it is saved: what it means, whom it is about, which language, when to come back,
 * a note. Nothing is preselected, but for the one person who lives there.
 */
export function ResultSheet({ row, result, about, onClose, onSave }: ResultSheetProps) {
  const { t } = useLingui();
  const { sheet } = useWalk();
  const [who, setWho] = useState<string | null>(about ?? onlyPerson(row));
  const note = useResultNote(row.door.id, about, onClose);
  const [language, setLanguage] = useState<string | null>(null);
  const [otherLanguage, setOtherLanguage] = useState('');
  const [comeBack, setComeBack] = useState<ComeBackSaid>(null);
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState(false);
  const belongs = resultWho[result];
  const calls = sheet.turf.kind === 'calls';
  const word = t(calls ? callWord(result) : resultWords[result]);
  const meaning = (calls ? callMeaning[result] : undefined) ?? resultMeaning[result];
  const people = row.people.map((person) => ({
    value: person.id as string,
    label: fullName(person),
  }));
  const asksWho = about === undefined && belongs !== 'door' && people.length > 0;
  const missing = [
    result === 'language-barrier' && language === null && t`Choose their language first.`,
    result === 'come-back' &&
      comeBack === null &&
      (calls ? t`Choose when to call back first.` : t`Choose when to come back first.`),
    // Some browsers offer days that a field does not take.
    isPast(comeBack) && t`That day is over. Choose another one.`,
    asksWho && who === null && t`Choose whom this is about first.`,
  ].filter((one) => one !== false);

  const save = async (): Promise<void> => {
    if (missing.length > 0) {
      setAsked(true);
      return;
    }
    setBusy(true);
    const person = row.people.find(({ id }) => id === who);
    const more: ResultMore = {
      ...(language !== null && language !== UNKNOWN_LANGUAGE && { language }),
      ...(comeBack !== null && comeBack !== NO_TIME && { comeBack }),
    };
    const text = [otherLanguage === '' ? '' : t`Language: ${otherLanguage}`, note.value.trim()]
      .filter((one) => one !== '')
      .join('\n');
    const words = text === '' ? null : text;
    const fact = resultFact(row.door.id, result, person?.id ?? null, words, more);
    const named = person !== undefined && person.id !== about;
    const saved = await onSave(fact, named ? `${word}, ${fullName(person)}` : word);
    if (saved) await note.drop();
    setBusy(false);
    if (saved) onClose();
  };

  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={word}
      description={t(meaning)}
      footer={
        <Button variant="primary" size="large" wide busy={busy} onClick={() => void save()}>
          <Trans>Save</Trans>
        </Button>
      }
    >
      <div className="stack">
        {result === 'language-barrier' && (
          <LanguageChoice
            value={language}
            script={sheet.script?.body ?? null}
            onChange={setLanguage}
            onWords={setOtherLanguage}
          />
        )}
        {result === 'come-back' && <ComeBackChoice value={comeBack} onChange={setComeBack} />}
        {asksWho && (
          <ChooseOne
            legend={<Trans>Who is it about?</Trans>}
            options={[
              ...people,
              { value: NOBODY, label: <Trans>Somebody else, or I do not know</Trans> },
            ]}
            value={who}
            onChange={setWho}
          />
        )}
        {asked && missing.length > 0 && (
          <p className="field-error" role="alert">
            {missing[0]}
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
