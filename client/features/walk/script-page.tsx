import { Trans, useLingui } from '@lingui/react/macro';
import { IconMessages } from '@tabler/icons-react';
import type { Question } from '#shared/model/script.ts';
import { usePage } from '../../shell/use-page.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SUPPORT_LEVELS, supportWords } from '../../ui/support-words.ts';
import { ScriptWords } from './script-words.tsx';
import { useWalk } from './walk-context.ts';

/** `/walk/script`: the whole script, to learn it before the first door. */
export function ScriptPage() {
  const { t } = useLingui();
  const { sheet } = useWalk();
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
      {script.body.opening !== '' && (
        <ScriptWords label={<Trans>Say</Trans>}>{script.body.opening}</ScriptWords>
      )}
      <ol className="script-questions">
        {script.body.questions.map((question) => (
          <li key={question.id}>
            <p className="question-prompt">{question.prompt}</p>
            <QuestionOptions question={question} />
          </li>
        ))}
      </ol>
      {script.body.closing !== '' && (
        <ScriptWords label={<Trans>To end</Trans>}>{script.body.closing}</ScriptWords>
      )}
    </article>
  );
}

function QuestionOptions({ question }: { readonly question: Question }) {
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
              <li key={option.id}>{option.label}</li>
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
