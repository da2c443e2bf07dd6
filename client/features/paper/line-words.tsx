import { Trans, useLingui } from '@lingui/react/macro';
import type { EntryDoor, PaperSheet } from '#shared/model/paper.ts';
import { Button } from '../../ui/button.tsx';
import { GivenWords } from '../../ui/given-words.tsx';
import { Pill } from '../../ui/pill.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { resultWords } from '../../ui/result-words.ts';
import { useAlsoWords } from './also-words.ts';
import type { ShownLine } from './entered-lines.ts';
import type { OnSheet } from './line.ts';

export interface LineWordsProps {
  readonly line: ShownLine;
  readonly door: EntryDoor;
  readonly onSheet: OnSheet;
  readonly walkers: PaperSheet['walkers'];
  readonly onUndo: () => void;
  readonly onCorrect: () => void;
}

/** A line that was left, in words; where it is, and how to take it back. */
export function LineWords(props: LineWordsProps) {
  const { line, door, onSheet, walkers, onUndo, onCorrect } = props;
  const { script, tags } = onSheet;
  const { t } = useLingui();
  const alsoWords = useAlsoWords({ tags, walkers });
  const { outcome, answers, note, also, place, refused, first, walker } = line;
  const person = door.people.find(({ id }) => id === line.personId);
  const who = person === undefined ? '' : `${person.firstName} ${person.lastName}`.trim();
  const what =
    also !== null
      ? alsoWords(also)
      : outcome === null
        ? t`Note`
        : outcome.kind === 'contact'
          ? t`Talked`
          : t(resultWords[outcome.result]);
  return (
    <li className="paper-line">
      <p className="paper-line-words">
        <strong>{what}</strong>
        {who !== '' && also?.type !== 'resident' && <span> {who}</span>}
        {answers.map((answer) => (
          <span key={answer.id} className="paper-answer">
            {' '}
            <GivenWords answer={answer} script={script === null ? null : { body: script }} />
          </span>
        ))}
        {note !== null && <span className="paper-note"> “{note}”</span>}
        <span className="quiet small"> {walker}</span>
      </p>
      <span className="row paper-line-acts">
        {place === 'browser' && (
          <Pill tone={refused === null ? 'phone' : 'danger'}>
            {refused === null ? <Trans>in this browser</Trans> : <Trans>not taken</Trans>}
          </Pill>
        )}
        {(also === null || (refused !== null && also.type !== 'door')) && (
          <Button variant="quiet" aria-label={t`Change: ${what} ${who}`} onClick={onCorrect}>
            <Trans>Change</Trans>
          </Button>
        )}
        <Button variant="quiet" aria-label={t`Take back: ${what} ${who}`} onClick={onUndo}>
          <Trans>Take back</Trans>
        </Button>
      </span>
      {refused !== null && first && <ProblemNotice problem={refused} />}
    </li>
  );
}
