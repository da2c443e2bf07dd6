import { useLingui } from '@lingui/react/macro';
import type { Answer, Given } from '#shared/model/fact.ts';
import type { Question, ScriptBody } from '#shared/model/script.ts';
import { bodyInLanguage, chooseLanguage } from '#shared/script/in-language.ts';
import { supportWords, type SupportLevel } from './support-words.ts';

interface GivenWordsProps {
  readonly answer: Answer;
  readonly script: { readonly body: ScriptBody } | null;
}

function labelsOf(question: Question | undefined, options: readonly string[]): string {
  return options
    .map((id) => question?.options.find((option) => option.id === id)?.label ?? id)
    .join(', ');
}

/** One answer with its question, as far as the script knows it, in the app's language if it can be. */
export function GivenWords({ answer, script }: GivenWordsProps) {
  const { t, i18n } = useLingui();
  const body = script && bodyInLanguage(script.body, chooseLanguage(script.body, [i18n.locale]));
  const question = body?.questions.find((one) => one.id === answer.questionId);
  const say = (given: Given): string => {
    switch (given.kind) {
      case 'support':
        return `${given.level} ${t(supportWords[given.level as SupportLevel])}`;
      case 'one':
        return labelsOf(question, [given.option]);
      case 'many':
        return labelsOf(question, given.options);
      case 'text':
        return given.text;
      case 'number':
        return i18n.number(given.number);
      case 'date':
        return i18n.date(new Date(`${given.date}T12:00:00`), { dateStyle: 'medium' });
      case 'skipped':
        return t`Skipped`;
      case 'refused':
        return t`Did not want to say`;
      case 'unknown':
        return t`Does not know`;
    }
  };
  return (
    <>
      {question !== undefined && <span className="quiet">{question.prompt} </span>}
      <strong>{say(answer.given)}</strong>
    </>
  );
}
