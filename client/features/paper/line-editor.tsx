import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { ScriptBody } from '#shared/model/script.ts';
import { Button } from '../../ui/button.tsx';
import { ChooseOne } from '../../ui/choice.tsx';
import { TextField } from '../../ui/field.tsx';
import { joinClasses } from '../../ui/join-classes.ts';
import { resultWords } from '../../ui/result-words.ts';
import { AllowedFields } from './allowed-fields.tsx';
import { letterOf } from './answer-letters.ts';
import { CorrectedFields } from './corrected-fields.tsx';
import type { DoorRowProps } from './door-row.tsx';
import { FaultWords } from './fault-words.tsx';
import { FoundField } from './found-field.tsx';
import { makePersonId } from './kept-entry.ts';
import { EMPTY_LINE, isEmpty, peopleOf, readLine, subjectOf, withAnswer } from './line.ts';
import { NewcomerFields } from './newcomer-fields.tsx';
import { PromiseFields } from './promise-fields.tsx';
import { SensitiveNote } from './sensitive-note.tsx';
import { type Happened, HAPPENED, HAPPENED_KEYS, happenedOf } from './result-keys.ts';

type LineEditorProps = DoorRowProps & { readonly address: string };

const isField = (target: EventTarget): boolean =>
  target instanceof HTMLTextAreaElement ||
  target instanceof HTMLSelectElement ||
  (target instanceof HTMLInputElement && target.type !== 'radio');

/** Stands among the people for somebody who is on no list. */
const NEW = 'new';

const FIRST_FIELD = {
  newcomer: '.paper-newcomer-first',
  allowed: '.paper-allowed input',
  tags: '.paper-tags input',
  corrected: '.paper-corrected input',
  promise: '.paper-promise input',
  found: '.paper-found input',
} as const;

/** What is opened by its key, as not every line has it. */
type Part = Exclude<keyof typeof FIRST_FIELD, 'newcomer'>;
const PART_KEYS: Readonly<Record<string, Part>> = {
  p: 'allowed',
  k: 'tags',
  f: 'corrected',
  o: 'promise',
  e: 'found',
};

/** The line that is open: each thing on it has a key of its own. */
export function LineEditor(props: LineEditorProps) {
  const { door, line, onSheet, ready, walkedAt, address } = props;
  const { onLine, onSave, onMove, onUndo, onFound, lines } = props;
  const { script, asked: words } = onSheet;
  const { t } = useLingui();
  const box = useRef<HTMLDivElement>(null);
  const [asked, setAsked] = useState(false);
  const questions = script?.questions ?? [];
  const support = questions.find(({ kind }) => kind === 'support');
  const people = peopleOf(door);
  const read = readLine(line, door, onSheet);
  const subject = subjectOf(line, door);
  const [open, setOpen] = useState<readonly Part[]>(() => [
    ...(Object.keys(line.allowed).length > 0 ? ['allowed' as const] : []),
    ...(line.tags === '' ? [] : ['tags' as const]),
    ...(Object.keys(line.corrected).length > 0 ? ['corrected' as const] : []),
    ...(Object.values(line.promise).some((one) => one !== '') ? ['promise' as const] : []),
  ]);
  // Where to go once what was opened is there.
  const wanted = useRef<keyof typeof FIRST_FIELD | null>(null);
  useEffect(() => {
    const part = wanted.current;
    wanted.current = null;
    if (part !== null) box.current?.querySelector<HTMLElement>(FIRST_FIELD[part])?.focus();
  });

  useEffect(() => {
    box.current?.focus({ preventScroll: true });
    // Always at the same height: whoever types looks at the paper.
    box.current?.closest('li')?.scrollIntoView({ block: 'start' });
  }, []);

  const set = (happened: Happened): void =>
    onLine({ ...line, happened: line.happened === happened ? null : happened });
  const isNew = line.newcomer !== null && line.personId === line.newcomer.personId;
  const choose = (personId: string): void => {
    const { newcomer, happened } = line;
    // What was put right is put right of somebody.
    if (personId !== NEW) {
      const stays = happened === 'moved' ? newcomer : null;
      onLine({ ...line, personId, newcomer: stays, corrected: {} });
      return;
    }
    const met = newcomer ?? { personId: makePersonId(), firstName: '', lastName: '' };
    const left = happened === 'moved' ? null : happened;
    onLine({ ...line, happened: left, personId: met.personId, newcomer: met, corrected: {} });
    wanted.current = 'newcomer';
  };
  const goTo = (part: Part): void => {
    wanted.current = part;
    setOpen((now) => [...now.filter((one) => one !== part), part]);
  };
  const turn = (part: Part, on: boolean): void =>
    setOpen((now) => [...now.filter((one) => one !== part), ...(on ? [part] : [])]);
  const turnPerson = (by: 1 | -1): void => {
    const at = people.findIndex(({ id }) => id === line.personId);
    const next =
      people[(at + by + (at === -1 && by === -1 ? 1 : 0) + people.length) % people.length];
    if (next !== undefined) choose(next.id);
  };
  const save = (stay: boolean): void => {
    setAsked(!isEmpty(line) && (!read.ok || !ready));
    onSave(stay);
    if (stay) box.current?.focus();
  };

  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    const done = (): void => event.preventDefault();
    if (key === 'Escape') {
      done();
      if (isField(event.target)) box.current?.focus();
      else onLine(EMPTY_LINE);
      return;
    }
    const { target } = event;
    const onButton =
      target instanceof HTMLButtonElement ||
      (target instanceof HTMLElement && target.tagName === 'SUMMARY');
    if (key === 'Enter' && !onButton) {
      done();
      save(event.shiftKey);
      return;
    }
    if (isField(event.target)) return;
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      done();
      onMove(key === 'ArrowDown' ? 1 : -1);
    } else if (key === 'ArrowRight' || key === 'ArrowLeft') {
      done();
      turnPerson(key === 'ArrowRight' ? 1 : -1);
    } else if (/^[1-5]$/.test(key) && support !== undefined) {
      done();
      onLine(withAnswer(line, support, key));
    } else if (key === '/') {
      done();
      box.current?.querySelector<HTMLInputElement>('.paper-note-field')?.focus();
    } else if (key === 'a') {
      done();
      box.current?.querySelector<HTMLInputElement>('.paper-questions input')?.focus();
    } else if (key === 's') {
      done();
      choose(NEW);
    } else if (PART_KEYS[key] !== undefined) {
      done();
      goTo(PART_KEYS[key]);
    } else if (key === 'b') {
      done();
      onLine({ ...line, leaflet: !line.leaflet });
    } else if (key === 'g') {
      done();
      document.querySelector<HTMLInputElement>('.paper-jump input')?.focus();
    } else if (key === 'u') {
      done();
      const last = lines.at(-1);
      if (last !== undefined) onUndo(last);
    } else {
      const happened = happenedOf(key);
      if (happened === null) return;
      done();
      set(happened);
    }
  };

  const wordOf = (happened: Happened): string =>
    happened === 'contact' ? t`Talked` : t(resultWords[happened]);
  return (
    <div
      ref={box}
      className="paper-editor"
      role="group"
      tabIndex={-1}
      aria-label={t`The line of ${address}`}
      onKeyDown={onKey}
    >
      <ChooseOne
        legend={<Trans>Who</Trans>}
        options={[
          ...people.map((person) => ({
            value: person.id as string,
            label: [
              `${person.firstName} ${person.lastName}`.trim(),
              person.age,
              person.party,
              door.refusing.includes(person.id) ? t`asked for no visits` : null,
            ]
              .filter((part) => part !== null && part !== '')
              .join(' · '),
          })),
          {
            value: NEW,
            label: (
              <>
                <kbd>S</kbd> <Trans>Somebody new</Trans>
              </>
            ),
          },
        ]}
        value={isNew ? NEW : (subject?.id ?? line.personId)}
        onChange={choose}
      />
      {isNew && line.happened !== 'moved' && <NewcomerFields line={line} onLine={onLine} />}
      <div className="paper-results" role="group" aria-label={t`What happened`}>
        {HAPPENED.map((happened) => (
          <button
            key={happened}
            type="button"
            className={joinClasses('paper-result', happened === 'contact' && 'paper-talked')}
            aria-pressed={line.happened === happened}
            aria-keyshortcuts={HAPPENED_KEYS[happened]}
            onClick={() => set(happened)}
          >
            <kbd>{HAPPENED_KEYS[happened].toUpperCase()}</kbd>
            {wordOf(happened)}
          </button>
        ))}
        <button
          type="button"
          className="paper-result paper-leaflet"
          aria-pressed={line.leaflet}
          aria-keyshortcuts="b"
          onClick={() => onLine({ ...line, leaflet: !line.leaflet })}
        >
          <kbd>B</kbd>
          {t`Leaflet left`}
        </button>
      </div>
      {line.happened === 'moved' && <NewcomerFields line={line} onLine={onLine} />}
      {asked && !isEmpty(line) && (!read.ok || !ready) && (
        <FaultWords fault={read.ok ? null : read.fault} />
      )}
      {questions.length > 0 && <Questions {...props} questions={questions} />}
      <details
        className="paper-allowed"
        open={open.includes('allowed')}
        onToggle={(event) => turn('allowed', event.currentTarget.open)}
      >
        <summary>
          <kbd>P</kbd> <Trans>What they allow us</Trans>
        </summary>
        <AllowedFields line={line} onLine={onLine} asked={words} walkedAt={walkedAt} />
      </details>
      {onSheet.tags.length > 0 && (
        <details
          className="paper-tags"
          open={open.includes('tags')}
          onToggle={(event) => turn('tags', event.currentTarget.open)}
        >
          <summary>
            <kbd>K</kbd> <Trans>Tags</Trans>
          </summary>
          <div className="paper-questions">
            <TextField
              label={t`Letters of the tags`}
              hint={onSheet.tags
                .filter(({ retired }) => !retired)
                .map(({ letter, name }) => `${letter} ${name}`)
                .join(' · ')}
              value={line.tags}
              maxLength={200}
              autoComplete="off"
              onChange={({ target }) => onLine({ ...line, tags: target.value })}
            />
          </div>
        </details>
      )}
      <details
        className="paper-corrected"
        open={open.includes('corrected')}
        onToggle={(event) => turn('corrected', event.currentTarget.open)}
      >
        <summary>
          <kbd>F</kbd> <Trans>Name, telephone or e-mail put right</Trans>
        </summary>
        <CorrectedFields line={line} onLine={onLine} person={subject} />
      </details>
      <TextField
        className="paper-note-field"
        label={<Trans>Note</Trans>}
        value={line.note}
        maxLength={4000}
        autoComplete="off"
        onChange={({ target }) => onLine({ ...line, note: target.value })}
      />
      <SensitiveNote
        note={line.note}
        names={door.people.map(({ firstName, lastName }) => `${firstName} ${lastName}`.trim())}
      />
      <details
        className="paper-promise"
        open={open.includes('promise')}
        onToggle={(event) => turn('promise', event.currentTarget.open)}
      >
        <summary>
          <kbd>O</kbd> <Trans>A promise</Trans>
        </summary>
        <PromiseFields line={line} onLine={onLine} staff={onSheet.staff} />
      </details>
      <details
        className="paper-found"
        open={open.includes('found')}
        onToggle={(event) => turn('found', event.currentTarget.open)}
      >
        <summary>
          <kbd>E</kbd> <Trans>A door here that is not on the list</Trans>
        </summary>
        <FoundField ready={ready} onFound={onFound} />
      </details>
      <div className="row paper-editor-foot">
        <Button variant="primary" onClick={() => save(false)}>
          <Trans>Save and go on</Trans>
        </Button>
        <Button onClick={() => save(true)}>
          <Trans>Save, same door again</Trans>
        </Button>
        <p className="small quiet paper-keys">
          <Trans>
            <kbd>Enter</kbd> saves, <kbd>Shift Enter</kbd> for one more person, <kbd>1–5</kbd>{' '}
            support, <kbd>← →</kbd> who, <kbd>S</kbd> somebody new, <kbd>A</kbd> answers,{' '}
            <kbd>B</kbd> leaflet, <kbd>P</kbd> what they allow, <kbd>K</kbd> tags, <kbd>F</kbd> put
            right, <kbd>/</kbd> note, <kbd>O</kbd> promise, <kbd>E</kbd> another door,{' '}
            <kbd>↑ ↓</kbd> door, <kbd>G</kbd> number, <kbd>U</kbd> take back, <kbd>Esc</kbd> empties
          </Trans>
        </p>
      </div>
    </div>
  );
}

/** A field a question: the number or the letters that are circled on the paper. */
function Questions({
  line,
  questions,
  onLine,
}: LineEditorProps & { readonly questions: ScriptBody['questions'] }) {
  const { t } = useLingui();
  return (
    <div className="paper-questions">
      {questions.map((question, n) => {
        const number = n + 1;
        const { options } = question;
        const hint =
          question.kind === 'support'
            ? t`1 to 5`
            : question.kind === 'number'
              ? t`A number`
              : question.kind === 'date'
                ? t`A day, such as 2026-05-01`
                : options.map(({ label }, at) => `${letterOf(at)} ${label}`).join(' · ');
        return (
          <TextField
            key={question.id}
            label={`${number}. ${question.prompt}`}
            hint={hint}
            value={line.answers[question.id] ?? ''}
            maxLength={4000}
            autoComplete="off"
            onChange={({ target }) => onLine(withAnswer(line, question, target.value))}
          />
        );
      })}
      <p className="small quiet">
        <Trans>- skipped, ! would not say, ? does not know; empty was not asked</Trans>
      </p>
    </div>
  );
}
