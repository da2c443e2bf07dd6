import { Trans, useLingui } from '@lingui/react/macro';
import { IconEraser } from '@tabler/icons-react';
import type { Given } from '#shared/model/fact.ts';
import type { Question } from '#shared/model/script.ts';
import { Button } from '../../../ui/button.tsx';
import { ChooseMany, ChooseOne } from '../../../ui/choice.tsx';
import { joinClasses } from '../../../ui/join-classes.ts';
import { TextArea } from '../../../ui/field.tsx';
import { SupportScale } from '../../../ui/support-scale.tsx';
import type { SupportLevel } from '../../../ui/support-words.ts';
import { DateInput } from './date-input.tsx';
import { NumberInput } from './number-input.tsx';

export interface QuestionCardProps {
  readonly question: Question;
  readonly number: number;
  /** Of the question's words; undefined where nobody said which. */
  readonly language: string | undefined;
  /** Null: not asked. Nothing is preselected. */
  readonly given: Given | null;
  /** What stands in the field of a number and is none yet. */
  readonly typed: string;
  readonly onGive: (given: Given | null, typed?: string) => void;
}

/** One question: its answer, or that it was skipped, refused or not known; or nothing at all. */
export function QuestionCard(props: QuestionCardProps) {
  const { question, number, language, given, typed, onGive } = props;
  const { t } = useLingui();
  return (
    <li className={joinClasses('question', question.askIf && 'question-follow')}>
      <div className="row row-apart">
        <span className="quiet small">
          {question.askIf === undefined ? (
            <Trans>Question {number}</Trans>
          ) : (
            <Trans>Question {number}, follow-up</Trans>
          )}
        </span>
        {given !== null && (
          <Button
            variant="quiet"
            className="question-clear"
            icon={<IconEraser size={18} aria-hidden />}
            aria-label={t`Clear the answer to question ${number}`}
            onClick={() => onGive(null)}
          >
            <Trans>Clear</Trans>
          </Button>
        )}
      </div>
      <QuestionInput
        question={question}
        language={language}
        given={given}
        typed={typed}
        onGive={onGive}
      />
      <NoAnswer prompt={question.prompt} given={given} onGive={onGive} />
    </li>
  );
}

type InputProps = Omit<QuestionCardProps, 'number'>;

function QuestionInput({ question, language, given, typed, onGive }: InputProps) {
  const legend = (
    <span className="question-prompt" lang={language} dir="auto">
      {question.prompt}
    </span>
  );
  const options = question.options.map(({ id, label }) => ({
    value: id,
    label: (
      <span lang={language} dir="auto">
        {label}
      </span>
    ),
  }));
  switch (question.kind) {
    case 'support':
      return (
        <SupportScale
          legend={legend}
          value={given?.kind === 'support' ? (given.level as SupportLevel) : null}
          onChange={(level) => onGive({ kind: 'support', level })}
        />
      );
    case 'one':
      return (
        <ChooseOne
          legend={legend}
          options={options}
          value={given?.kind === 'one' ? given.option : null}
          onChange={(option) => onGive({ kind: 'one', option })}
        />
      );
    case 'many':
      return (
        <ChooseMany
          legend={legend}
          options={options}
          value={given?.kind === 'many' ? given.options : []}
          onChange={(picked) =>
            onGive(picked.length === 0 ? null : { kind: 'many', options: picked })
          }
        />
      );
    case 'number':
      return (
        <NumberInput
          label={legend}
          value={given?.kind === 'number' ? given.number : null}
          typed={typed}
          onChange={(number, half) =>
            onGive(number === null ? null : { kind: 'number', number }, half)
          }
        />
      );
    case 'date':
      return (
        <DateInput
          label={legend}
          value={given?.kind === 'date' ? given.date : ''}
          other={given !== null && given.kind !== 'date'}
          onChange={(date) => onGive(date === '' ? null : { kind: 'date', date })}
        />
      );
    case 'text':
      return (
        <TextArea
          label={legend}
          dir="auto"
          maxLength={4000}
          value={given?.kind === 'text' ? given.text : ''}
          onChange={(event) => {
            const text = event.target.value;
            onGive(text === '' ? null : { kind: 'text', text });
          }}
        />
      );
  }
}

const NONE = ['skipped', 'refused', 'unknown'] as const;
type None = (typeof NONE)[number];

function isNone(kind: Given['kind'] | undefined): kind is None {
  return NONE.some((none) => none === kind);
}

function NoAnswer({
  prompt,
  given,
  onGive,
}: Pick<InputProps, 'given' | 'onGive'> & { prompt: string }) {
  const { t } = useLingui();
  const words: Readonly<Record<None, string>> = {
    skipped: t`Skipped`,
    refused: t`Won’t say`,
    unknown: t`Doesn’t know`,
  };
  return (
    <div className="no-answer">
      <ChooseOne<None>
        legend={t`No answer to: ${prompt}`}
        hideLegend
        options={NONE.map((value) => ({ value, label: words[value] }))}
        value={given !== null && isNone(given.kind) ? given.kind : null}
        onChange={(kind) => onGive({ kind })}
      />
    </div>
  );
}
