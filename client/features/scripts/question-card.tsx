import { Trans, useLingui } from '@lingui/react/macro';
import type { Question } from '#shared/model/script.ts';
import { SelectField, TextArea } from '../../ui/field.tsx';
import { AskIfEditor } from './ask-if-editor.tsx';
import { hasOptions, type Gap } from './edit-draft.ts';
import { KIND_WORDS, KINDS } from './kind-words.ts';
import { MoveButtons, moveByKey, refocus } from './move-buttons.tsx';
import { OptionList } from './option-list.tsx';

export interface QuestionCardProps {
  /** One of `questions`. */
  readonly question: Question;
  /** All of the draft, in order. */
  readonly questions: readonly Question[];
  /** Shown only once the person tried to publish: nobody is scolded while writing. */
  readonly gaps: readonly Gap[];
  readonly onChange: (change: (question: Question) => Question) => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}

/** One question in the editor. */
export function QuestionCard(props: QuestionCardProps) {
  const { question, questions, gaps, onChange, onMove, onRemove } = props;
  const number = questions.indexOf(question) + 1;
  const { t } = useLingui();
  const move = (by: -1 | 1): void => {
    refocus();
    onMove(by);
  };
  const has = (kind: Gap['kind']): boolean => gaps.some((gap) => gap.kind === kind);
  return (
    <li
      id={`card-${question.id}`}
      className="panel stack script-question"
      onKeyDown={(event) => moveByKey(event, move)}
      aria-label={t`Question ${number}`}
    >
      <div className="row row-apart">
        <h2>
          <Trans>Question {number}</Trans>
        </h2>
        <MoveButtons
          id={`question-${question.id}`}
          first={number === 1}
          last={number === questions.length}
          words={{
            up: t`Move question ${number} up`,
            down: t`Move question ${number} down`,
            remove: t`Remove question ${number}`,
          }}
          onMove={move}
          onRemove={onRemove}
        />
      </div>
      <div className="script-ask">
        <TextArea
          label={t`What to ask`}
          rows={1}
          maxLength={1000}
          value={question.prompt}
          error={has('no-prompt') ? t`Write what to ask, or remove this question.` : null}
          onChange={(event) => {
            const prompt = event.target.value;
            onChange((before) => ({ ...before, prompt }));
          }}
        />
        <SelectField
          label={t`Answered with`}
          value={question.kind}
          onChange={(event) => {
            const kind = KINDS.find((one) => one === event.target.value) ?? question.kind;
            onChange((before) => ({ ...before, kind }));
          }}
        >
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {t(KIND_WORDS[kind])}
            </option>
          ))}
        </SelectField>
      </div>
      {hasOptions(question.kind) && (
        <>
          <OptionList
            options={question.options}
            onChange={(options) => onChange((before) => ({ ...before, options }))}
          />
          {has('few-options') && (
            <p className="field-error" role="alert">{t`A choice needs two options or more.`}</p>
          )}
          {has('empty-option') && (
            <p
              className="field-error"
              role="alert"
            >{t`Write every option, or remove the empty ones.`}</p>
          )}
          {has('same-option') && (
            <p className="field-error" role="alert">{t`Two options read the same. Change one.`}</p>
          )}
        </>
      )}
      <AskIfEditor
        question={question}
        questions={questions}
        asked={gaps.length > 0}
        onChange={onChange}
      />
    </li>
  );
}
