import { Trans, useLingui } from '@lingui/react/macro';
import type { Question } from '#shared/model/script.ts';
import { useSaidWords } from './use-said-words.ts';

export interface ConditionWordsProps {
  readonly question: Question;
  /** All of the script, in order. */
  readonly questions: readonly Question[];
}

/** When a question is asked, where that is not always. */
export function ConditionWords({ question, questions }: ConditionWordsProps) {
  const { i18n } = useLingui();
  const say = useSaidWords();
  const { askIf } = question;
  if (askIf === undefined) return null;
  const at = questions.findIndex(({ id }) => id === askIf.questionId);
  const before = questions[at];
  if (before === undefined) return null;
  const answers = new Intl.ListFormat(i18n.locale, { type: 'disjunction' }).format(
    askIf.said.map((token) => say(before, token)),
  );
  return (
    <span className="small quiet" dir="auto">
      <Trans>
        Only after question {at + 1}: {answers}
      </Trans>
    </span>
  );
}
