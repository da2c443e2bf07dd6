import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { ScriptBody } from '#shared/model/script.ts';
import { Button } from '../../ui/button.tsx';
import { ChooseOne } from '../../ui/choice.tsx';
import { TextField } from '../../ui/field.tsx';
import { joinClasses } from '../../ui/join-classes.ts';
import { resultWords } from '../../ui/result-words.ts';
import { letterOf } from './answer-letters.ts';
import type { DoorRowProps } from './door-row.tsx';
import { FaultWords } from './fault-words.tsx';
import { EMPTY_LINE, isEmpty, peopleOf, readLine, withAnswer } from './line.ts';
import { type Happened, HAPPENED, HAPPENED_KEYS, happenedOf } from './result-keys.ts';

type LineEditorProps = DoorRowProps & { readonly address: string };

const isField = (target: EventTarget): boolean =>
  target instanceof HTMLTextAreaElement ||
  target instanceof HTMLSelectElement ||
  (target instanceof HTMLInputElement && target.type !== 'radio');

/** The line that is open: each thing on it has a key of its own. */
export function LineEditor(props: LineEditorProps) {
  const { door, line, script, ready, address, onLine, onSave, onMove, onUndo, lines } = props;
  const { t } = useLingui();
  const box = useRef<HTMLDivElement>(null);
  const [asked, setAsked] = useState(false);
  const questions = script?.questions ?? [];
  const support = questions.find(({ kind }) => kind === 'support');
  const people = peopleOf(door);
  const read = readLine(line, door, script);

  useEffect(() => {
    box.current?.focus({ preventScroll: true });
    // Always at the same height: whoever types looks at the paper.
    box.current?.closest('li')?.scrollIntoView({ block: 'start' });
  }, []);

  const set = (happened: Happened): void =>
    onLine({ ...line, happened: line.happened === happened ? null : happened });
  const turnPerson = (by: 1 | -1): void => {
    const at = people.findIndex(({ id }) => id === line.personId);
    const next =
      people[(at + by + (at === -1 && by === -1 ? 1 : 0) + people.length) % people.length];
    if (next !== undefined) onLine({ ...line, personId: next.id });
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
    const onButton = event.target instanceof HTMLButtonElement;
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
      {people.length > 0 && (
        <ChooseOne
          legend={<Trans>Who</Trans>}
          options={people.map((person) => ({
            value: person.id as string,
            label: [`${person.firstName} ${person.lastName}`.trim(), person.age, person.party]
              .filter((part) => part !== null && part !== '')
              .join(' · '),
          }))}
          value={line.personId ?? (people.length === 1 ? (people[0]?.id ?? null) : null)}
          onChange={(personId) => onLine({ ...line, personId })}
        />
      )}
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
      </div>
      {asked && !isEmpty(line) && (!read.ok || !ready) && (
        <FaultWords fault={read.ok ? null : read.fault} />
      )}
      {questions.length > 0 && <Questions {...props} questions={questions} />}
      <TextField
        className="paper-note-field"
        label={<Trans>Note</Trans>}
        value={line.note}
        maxLength={4000}
        autoComplete="off"
        onChange={({ target }) => onLine({ ...line, note: target.value })}
      />
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
            support, <kbd>← →</kbd> who, <kbd>A</kbd> answers, <kbd>/</kbd> note, <kbd>↑ ↓</kbd>{' '}
            door, <kbd>G</kbd> number, <kbd>U</kbd> take back, <kbd>Esc</kbd> empties
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
