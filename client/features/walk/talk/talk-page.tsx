import '../../../ui/door-words.ts';
import { useEffect, useRef, useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconArrowLeft } from '@tabler/icons-react';
import { Link } from 'wouter';
import { makeId, type AnswerId, type QuestionId } from '#shared/kernel/ids.ts';
import type { Given } from '#shared/model/fact.ts';
import type { Person } from '#shared/model/person.ts';
import { chooseLanguage, sayInLanguage } from '#shared/script/in-language.ts';
import { askedQuestions } from '#shared/script/next-question.ts';
import { useOpenDoor } from '../../../shell/use-open-door.ts';
import { usePage } from '../../../shell/use-page.ts';
import { clock, randomBytes } from '../../../store/phone-store.ts';
import { Button, buttonClass } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { ProgressBar } from '../../../ui/progress-bar.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { addressLine, fullName } from '../address-words.ts';
import { AskMore } from './ask-more.tsx';
import { DoorPage } from '../door/door-page.tsx';
import type { DoorRow } from '../door-row.ts';
import { NoteField } from '../door/note-field.tsx';
import { PersonHint } from '../list/people-line.tsx';
import { PersonTags } from '../door/person-tags.tsx';
import { QuestionCard } from './question-card.tsx';
import { useFreshStart, useSaveGuard } from '../save-guard.tsx';
import { ScriptLanguage } from './script-language.tsx';
import { ScriptWords } from './script-words.tsx';
import { spokenAt } from '../door/spoken-at.ts';
import { EMPTY_TALK, isTalkDraft, listGiven, withGiven } from './talk-draft.ts';
import { useDraft } from './use-draft.ts';
// Fetched ahead with this page, and no part of the first load.
import '../way/way-on.ts';
import { useOnward } from '../way/use-onward.ts';
import { useWalk, type Fact } from '../walk-context.ts';
import './talk.css';

export interface TalkPageProps {
  readonly doorId: string;
  readonly personId: string;
}

/** `/walk/door/:doorId/talk/:personId`: the conversation with one person. */
export function TalkPage({ doorId, personId }: TalkPageProps) {
  const { rowOf } = useWalk();
  const row = rowOf(doorId);
  const person = row?.people.find(({ id }) => id === personId);
  // Somebody who must not be contacted, or is not there: the door page says so.
  if (row === null || person === undefined || person.doNotContact) {
    return <DoorPage doorId={doorId} />;
  }
  return <Talk key={personId} row={row} person={person} />;
}

function Talk({ row, person }: { readonly row: DoorRow; readonly person: Person }) {
  const { t, i18n } = useLingui();
  const { sheet, stateOf } = useWalk();
  const { saveWithUndo } = useSaveGuard();
  useFreshStart();
  const name = fullName(person);
  const where = addressLine(row.building, row.door.unit);
  const heading = usePage(t`Talk with ${name}`);
  useOpenDoor();
  // The way back is to the door, which says what was saved, not to an empty talk.
  const onward = useOnward(row, true);
  const draft = useDraft(row.door.id, `talk ${person.id}`, EMPTY_TALK, isTalkDraft, onward);
  const [busy, setBusy] = useState(false);
  const page = useRef<HTMLElement>(null);
  const body = sheet.script?.body ?? { opening: '', questions: [], closing: '' };
  const { given: soFar, language: chosen } = draft.value;
  const spoken = spokenAt(stateOf(row.door.id), person.id);
  // The source may not say its language: then it is chosen as ''.
  const language = chosen === '' ? null : chooseLanguage(body, [chosen, spoken, i18n.locale]);
  const script = sayInLanguage(body, language);
  const asked = new Set(askedQuestions(body.questions, soFar).map(({ id }) => id));
  const questions = script.questions.filter(({ question }) => asked.has(question.id));
  const answered = listGiven(draft.value, body.questions);

  const latest = useRef(draft.value);
  useEffect(() => {
    latest.current = draft.value;
  });
  const give = (id: QuestionId, given: Given | null, typed?: string): void => {
    const before = soFar[id];
    draft.change(withGiven(draft.value, id, given, typed));
    // A slip of the thumb must not cost what somebody has written down.
    if (before?.kind !== 'text' || given?.kind === 'text' || !/\S\s+\S/.test(before.text)) return;
    const onPress = (): void => draft.change(withGiven(latest.current, id, before));
    showToast({ text: t`Their words are gone`, action: { label: t`Undo`, onPress } });
  };

  const save = async (): Promise<void> => {
    // What was typed and is no number or no day would go with the draft, and nobody would know.
    const half = page.current?.querySelector<HTMLElement>('.questions :is([data-half], :invalid)');
    if (half != null) {
      half.scrollIntoView({ block: 'center' });
      half.focus({ preventScroll: true });
      showToast({ text: t`This answer is not whole yet. Put it right, or clear it.` });
      return;
    }
    setBusy(true);
    const note = draft.value.note.trim();
    const fact: Fact = {
      type: 'knock',
      payload: {
        doorId: row.door.id,
        personId: person.id,
        outcome: {
          kind: 'contact',
          ...(chosen !== undefined && chosen !== '' && { language: chosen }),
        },
        answers: answered.map(({ question, given }) => ({
          id: makeId<AnswerId>(clock.now(), randomBytes),
          questionId: question.id,
          given,
        })),
        note: note === '' ? null : note,
      },
    };
    const what = t`Talked with ${name}`;
    const operation = await saveWithUndo(fact, { where, what }, t`Saved: ${what}`);
    setBusy(false);
    if (operation === null) return;
    await draft.drop();
    onward();
  };

  return (
    <article ref={page} className="talk-page">
      <header className="door-head">
        <Link
          className={`${buttonClass({ variant: 'quiet' })} button-icon`}
          // On a call list a household has a page for each person: back to this one.
          href={`/walk/door/${row.door.id}?person=${person.id}`}
          aria-label={t`Back to ${where}`}
        >
          <IconArrowLeft className="flips" size={24} aria-hidden />
        </Link>
        <div className="grow">
          <h2 ref={heading} tabIndex={-1}>
            {name}
          </h2>
          <p className="small quiet">
            <bdi>{where}</bdi>
            {(person.age !== null || person.party !== null) && ' ·'}
            <PersonHint person={person} />
          </p>
        </div>
      </header>

      {sheet.script === null && (
        <Notice title={<Trans>This turf has no script</Trans>}>
          <Trans>Listen, and write a note. It is saved like any other conversation.</Trans>
        </Notice>
      )}
      <ScriptLanguage
        body={body}
        value={language}
        onChange={(tag) => draft.change({ ...draft.value, language: tag })}
      />
      {script.opening.text !== '' && (
        <ScriptWords label={<Trans>Say</Trans>} person={person} language={script.opening.language}>
          {script.opening.text}
        </ScriptWords>
      )}
      {draft.ready ? (
        <ol className="questions" role="list">
          {questions.map(({ question, language: tag }, index) => (
            <QuestionCard
              key={question.id}
              question={question}
              number={index + 1}
              language={tag}
              given={soFar[question.id] ?? null}
              typed={draft.value.typed?.[question.id] ?? ''}
              onGive={(given, typed) => give(question.id, given, typed)}
            />
          ))}
        </ol>
      ) : (
        <Skeleton lines={4} height="4rem" />
      )}
      <PersonTags row={row} person={person} where={where} />
      <AskMore row={row} person={person} where={where} language={language} />
      {script.closing.text !== '' && (
        <ScriptWords
          label={<Trans>To end</Trans>}
          person={person}
          language={script.closing.language}
        >
          {script.closing.text}
        </ScriptWords>
      )}
      <NoteField
        value={draft.value.note}
        names={row.people.map(fullName)}
        onChange={(note) => draft.change({ ...draft.value, note })}
      />
      <div className="talk-foot">
        <div className="talk-progress">
          <span className="small quiet" role="status">
            {questions.length > 0 && (
              <Trans>
                {answered.length} of {questions.length} answered
              </Trans>
            )}
          </span>
          {questions.length > 0 && (
            <ProgressBar
              hideWords
              label={t`Questions answered`}
              value={answered.length}
              max={questions.length}
            />
          )}
        </div>
        <Button variant="primary" busy={busy || !draft.ready} onClick={() => void save()}>
          <Trans>Save conversation</Trans>
        </Button>
      </div>
    </article>
  );
}
