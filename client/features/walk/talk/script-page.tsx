import '../../../ui/door-words.ts';
import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconMessages } from '@tabler/icons-react';
import type { Question } from '#shared/model/script.ts';
import { chooseLanguage, sayInLanguage } from '#shared/script/in-language.ts';
import { usePage } from '../../../shell/use-page.ts';
import { ConditionWords } from '../../../ui/condition-words.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { SUPPORT_LEVELS, supportWords } from '../../../ui/support-words.ts';
import { ScriptLanguage } from './script-language.tsx';
import { ScriptWords } from './script-words.tsx';
import { useWalk } from '../walk-context.ts';
import './talk.css';

/** `/walk/script`: the whole script, to learn it before the first door. */
export function ScriptPage() {
  const { t, i18n } = useLingui();
  const { sheet } = useWalk();
  const [chosen, setChosen] = useState<string | null>(null);
  const heading = usePage(t`Script`);
  const { script } = sheet;
  if (script === null) {
    return (
      <EmptyState
        icon={<IconMessages size={28} aria-hidden />}
        title={<Trans>This turf has no script</Trans>}
      >
        <Trans>Listen, and write notes. Your coordinator can publish a script for next time.</Trans>
      </EmptyState>
    );
  }
  const language = chosen === '' ? null : chooseLanguage(script.body, [chosen, i18n.locale]);
  const { opening, questions, closing } = sayInLanguage(script.body, language);
  const all = questions.map(({ question }) => question);
  return (
    <article className="script-page">
      <header>
        <h2 ref={heading} tabIndex={-1}>
          {script.name}
        </h2>
        <p className="small quiet">
          <Trans>Version {script.number}</Trans>
        </p>
      </header>
      <ScriptLanguage body={script.body} value={language} onChange={setChosen} />
      {opening.text !== '' && (
        <ScriptWords label={<Trans>Say</Trans>} language={opening.language}>
          {opening.text}
        </ScriptWords>
      )}
      <ol className="script-questions">
        {questions.map(({ question, language: tag }) => (
          <li key={question.id}>
            <ConditionWords question={question} questions={all} />
            <p className="question-prompt" lang={tag} dir="auto">
              {question.prompt}
            </p>
            <QuestionOptions question={question} language={tag} />
          </li>
        ))}
      </ol>
      {closing.text !== '' && (
        <ScriptWords label={<Trans>To end</Trans>} language={closing.language}>
          {closing.text}
        </ScriptWords>
      )}
    </article>
  );
}

interface QuestionOptionsProps {
  readonly question: Question;
  readonly language: string | undefined;
}

function QuestionOptions({ question, language }: QuestionOptionsProps) {
  const { t } = useLingui();
  switch (question.kind) {
    case 'support':
      return (
        <ul className="script-support" role="list">
          {SUPPORT_LEVELS.map((level) => (
            <li key={level}>
              <span className={`support-chip support-${level}`}>{level}</span>
              {t(supportWords[level])}
            </li>
          ))}
        </ul>
      );
    case 'one':
    case 'many':
      return (
        <>
          <p className="small quiet">
            {question.kind === 'one' ? <Trans>One of</Trans> : <Trans>As many as fit</Trans>}
          </p>
          <ul>
            {question.options.map((option) => (
              <li key={option.id} lang={language} dir="auto">
                {option.label}
              </li>
            ))}
          </ul>
        </>
      );
    case 'number':
      return (
        <p className="small quiet">
          <Trans>A number</Trans>
        </p>
      );
    case 'date':
      return (
        <p className="small quiet">
          <Trans>A day</Trans>
        </p>
      );
    case 'text':
      return (
        <p className="small quiet">
          <Trans>In their own words</Trans>
        </p>
      );
  }
}
