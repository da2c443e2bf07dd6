import { useLingui } from '@lingui/react/macro';
import type { Question } from '#shared/model/script.ts';
import { findConditionFault, possibleSaid } from '#shared/script/possible-said.ts';
import { ChooseMany } from '../../ui/choice.tsx';
import { SelectField } from '../../ui/field.tsx';
import { useSaidWords } from '../../ui/use-said-words.ts';
import { askAfter } from './edit-draft.ts';

const ALWAYS = '';

export interface AskIfEditorProps {
  readonly question: Question;
  /** All of the draft, in order. */
  readonly questions: readonly Question[];
  /** Someone tried to publish: an answer that is still to be chosen is said to be missing. */
  readonly asked: boolean;
  readonly onChange: (change: (question: Question) => Question) => void;
}

/** Whether a question is asked always, or after which answers to one that comes before it. */
export function AskIfEditor({ question, questions, asked, onChange }: AskIfEditorProps) {
  const { t } = useLingui();
  const say = useSaidWords();
  const at = questions.findIndex(({ id }) => id === question.id);
  const earlier = questions.slice(0, Math.max(0, at));
  const { askIf } = question;
  const fault = findConditionFault(questions, at);
  if (earlier.length === 0 && askIf === undefined) return null;
  const before = earlier.find(({ id }) => id === askIf?.questionId);
  const lost = askIf !== undefined && before === undefined;
  const error = lost
    ? fault === 'condition-gone'
      ? t`The question that it followed is gone. Choose another, or ask it always.`
      : t`The question that it follows must come before it. Move it, or choose another.`
    : null;
  return (
    <div className="stack script-when">
      <SelectField
        label={t`When to ask`}
        value={askIf?.questionId ?? ALWAYS}
        error={error}
        onChange={(event) => {
          const chosen = earlier.find(({ id }) => id === event.target.value);
          onChange((now) => askAfter(now, chosen?.id ?? null));
        }}
      >
        <option value={ALWAYS}>{t`Always`}</option>
        {lost && (
          <option value={askIf.questionId} disabled>
            {t`After a question that does not come before it`}
          </option>
        )}
        {earlier.map(({ id, prompt }, n) => (
          <option key={id} value={id}>
            {t`After question ${n + 1}: ${prompt}`}
          </option>
        ))}
      </SelectField>
      {askIf !== undefined && before !== undefined && (
        <>
          <ChooseMany
            legend={t`Only after one of these answers`}
            options={possibleSaid(before).map((token) => ({
              value: token,
              label: say(before, token),
            }))}
            value={askIf.said}
            onChange={(said) =>
              onChange((now) => ({ ...now, askIf: { questionId: before.id, said } }))
            }
          />
          {asked && fault !== null && (
            <p className="field-error" role="alert">
              {t`Choose the answers after which it is asked, or ask it always.`}
            </p>
          )}
        </>
      )}
    </div>
  );
}
