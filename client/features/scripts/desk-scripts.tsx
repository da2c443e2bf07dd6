import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconMessage2, IconPlus } from '@tabler/icons-react';
import type { Problem } from '#shared/kernel/problem.ts';
import type { SaveScript, Script } from '#shared/model/script.ts';
import { callApi } from '../../api/call.ts';
import { useApi } from '../../api/use-api.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ShowData } from '../../ui/show-data.tsx';
import { ScriptEditor } from './script-editor.tsx';
import { isScriptBegun } from './use-script.ts';
import './scripts.css';

/** `/desk/scripts`: what to say and ask at the door. */
export default function DeskScripts() {
  const { t, i18n } = useLingui();
  const scripts = useApi<readonly Script[]>('/v1/scripts');
  const [chosen, setChosen] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const create = async (): Promise<void> => {
    setBusy(true);
    const body: SaveScript = {
      name: t`New script`,
      draft: { opening: '', questions: [], closing: '', language: i18n.locale },
    };
    const answer = await callApi<Script>('POST', '/v1/scripts', body);
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    const made = answer.value;
    scripts.put((before) => [...before, made]);
    setChosen(made.id);
  };

  return (
    <div className="desk-page">
      <PageTitle
        title={t`Scripts`}
        under={t`What to say and ask at the door. You write a draft; phones get what you publish.`}
        actions={
          scripts.data && scripts.data.length > 0 ? (
            <Button
              icon={<IconPlus size={18} aria-hidden />}
              busy={busy}
              onClick={() => void create()}
            >{t`New script`}</Button>
          ) : undefined
        }
      />
      {problem && <ProblemNotice problem={problem} />}
      <ShowData from={scripts} lines={8}>
        {(list) => {
          const script =
            list.find(({ id }) => id === chosen) ?? list.find(isScriptBegun) ?? list[0];
          if (!script) {
            return (
              <EmptyState
                icon={<IconMessage2 size={28} aria-hidden />}
                title={t`No script yet`}
                action={
                  <Button variant="primary" busy={busy} onClick={() => void create()}>
                    {t`Write the first script`}
                  </Button>
                }
              >
                <Trans>
                  Three questions are plenty for a doorstep. Support from 1 to 5 is usually the
                  first.
                </Trans>
              </EmptyState>
            );
          }
          return (
            <>
              {list.length > 1 && (
                <nav className="script-tabs" aria-label={t`Scripts`}>
                  {list.map(({ id, name }) => (
                    <button
                      key={id}
                      type="button"
                      className="pill"
                      aria-pressed={id === script.id}
                      onClick={() => setChosen(id)}
                    >
                      {name}
                    </button>
                  ))}
                </nav>
              )}
              <ScriptEditor
                key={script.id}
                script={script}
                onSaved={(saved) =>
                  scripts.put((before) => before.map((one) => (one.id === saved.id ? saved : one)))
                }
              />
            </>
          );
        }}
      </ShowData>
    </div>
  );
}
