import { useEffect, useState, type FormEvent } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useLocation } from 'wouter';
import type { Problem } from '#shared/kernel/problem.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { LocaleSwitch } from '../../ui/locale-switch.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useShell } from '../../ui/use-shell.ts';
import { signIn, tokenOf } from './sign-in.ts';
import './enter.css';

/** `/enter#token`: a staff link opens the desk. Without a token it says where links come from. */
export default function Enter() {
  const { t } = useLingui();
  useShell('table');
  const [, navigate] = useLocation();
  const [token, setToken] = useState(() => tokenOf(window.location.hash.slice(1)));
  const [problem, setProblem] = useState<Problem | null>(null);
  const [pasted, setPasted] = useState('');
  const [unclear, setUnclear] = useState(false);

  useEffect(() => {
    document.title = t`Sign in · Homeground`;
    // A second link opened in the same tab changes the hash alone.
    const read = (): void => {
      const next = tokenOf(window.location.hash.slice(1));
      if (next) setToken(next);
    };
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }, [t]);

  useEffect(() => {
    if (token === null) return;
    let gone = false;
    // The token is a key: it leaves the address bar before anybody looks over a shoulder.
    window.history.replaceState(null, '', '/enter');
    const enter = async (): Promise<void> => {
      const answer = await signIn(token);
      if (gone) return;
      if (answer.ok) navigate('/desk', { replace: true });
      else setProblem(answer.problem);
    };
    void enter();
    return () => {
      gone = true;
    };
  }, [token, navigate]);

  const retry = (): void => {
    const same = token;
    setProblem(null);
    setToken(null);
    window.setTimeout(() => setToken(same));
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const next = tokenOf(pasted);
    setUnclear(next === null);
    if (next === null) return;
    setProblem(null);
    setToken(next === token ? null : next);
    if (next === token) window.setTimeout(() => setToken(next));
  };

  return (
    <main className="enter">
      <div className="enter-card stack">
        <p className="enter-brand">Homeground</p>
        {token !== null && problem === null ? (
          <>
            <h1>
              <Trans>Signing you in</Trans>
            </h1>
            <Skeleton lines={2} />
          </>
        ) : (
          <>
            <h1>
              <Trans>Sign in to your chapter’s desk</Trans>
            </h1>
            {problem && (
              <ProblemNotice
                problem={problem}
                action={
                  problem.code === 'link-refused' ? undefined : (
                    <Button onClick={retry}>{t`Try again`}</Button>
                  )
                }
              />
            )}
            <p className="quiet">
              <Trans>
                Your chapter sends you a link. Open it in this browser, or paste it here. Each link
                signs in one person, once.
              </Trans>
            </p>
            <form className="stack" onSubmit={submit}>
              <TextField
                label={t`Your link`}
                value={pasted}
                autoComplete="off"
                autoCapitalize="off"
                spellCheck={false}
                error={
                  unclear ? t`This is no sign-in link. Copy the whole link from the message.` : null
                }
                onChange={(event) => setPasted(event.target.value)}
              />
              <Button variant="primary" size="large" type="submit">{t`Sign in`}</Button>
            </form>
            <p className="small quiet">
              <Trans>
                You came to knock on doors? <a href="/join">Join with your code</a> instead.
              </Trans>
            </p>
          </>
        )}
        <LocaleSwitch />
      </div>
    </main>
  );
}
