import { useCallback, useEffect, useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useLocation } from 'wouter';
import type { Problem } from '#shared/kernel/problem.ts';
import type { Me, SignedIn } from '#shared/model/chapter.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import { callApi } from '../../api/call.ts';
import { Button } from '../../ui/button.tsx';
import { LocaleSwitch } from '../../ui/locale-switch.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useShell } from '../../ui/use-shell.ts';
import { EnterWays } from './enter-ways.tsx';
import { MakeFirst } from './make-first.tsx';
import { signIn, tokenOf } from './sign-in.ts';
import './enter.css';

/** Who this browser is signed in as already; null for nobody. */
async function findMe(): Promise<Result<Me | null, Problem>> {
  const answer = await callApi<SignedIn>('GET', '/v1/signed-in');
  return answer.ok ? ok(answer.value.me) : answer;
}

const REFUSED: readonly Problem['code'][] = ['link-refused', 'not-signed-in'];

/**
 * `/enter`: a passkey opens the desk; a link in the address, or a recovery code, first makes one.
 * Whoever is half-way already goes on there.
 */
export default function Enter() {
  const { t } = useLingui();
  useShell('table');
  const [, navigate] = useLocation();
  // One object a try: the same link may be tried again.
  const [wish, setWish] = useState(() => ({ token: tokenOf(window.location.hash.slice(1)) }));
  const [asking, setAsking] = useState(true);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [me, setMe] = useState<Me | null>(null);

  useEffect(() => {
    document.title = t`Sign in · Homeground`;
    // A second link opened in the same tab changes the hash alone.
    const read = (): void => {
      const next = tokenOf(window.location.hash.slice(1));
      if (next) setWish({ token: next });
    };
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }, [t]);

  const enter = useCallback(
    (entered: Me): void => {
      setProblem(null);
      if (entered.keys?.passkeyFirst === true) setMe(entered);
      else navigate('/desk', { replace: true });
    },
    [navigate],
  );

  useEffect(() => {
    const { token } = wish;
    let gone = false;
    // The token is a key: it leaves the address bar before anybody looks over a shoulder.
    if (token !== null) window.history.replaceState(null, '', '/enter');
    const ask = async (): Promise<void> => {
      setAsking(true);
      const answer = await (token === null ? findMe() : signIn(token));
      if (gone) return;
      setAsking(false);
      if (!answer.ok) setProblem(answer.problem);
      else if (answer.value === null) return;
      else if (token !== null || answer.value.keys?.passkeyFirst === true) enter(answer.value);
    };
    void ask();
    return () => {
      gone = true;
    };
  }, [wish, enter]);

  const signOut = async (): Promise<void> => {
    await callApi('POST', '/v1/sign-out');
    setMe(null);
    setWish({ token: null });
  };
  const again = problem !== null && !REFUSED.includes(problem.code);
  return (
    <main className="enter">
      <div className="enter-card stack">
        <p className="enter-brand">Homeground</p>
        {me !== null ? (
          <MakeFirst
            me={me}
            onMade={() => navigate('/desk', { replace: true })}
            onSignOut={() => void signOut()}
          />
        ) : asking ? (
          <>
            {wish.token !== null && (
              <h1>
                <Trans>Signing you in</Trans>
              </h1>
            )}
            <Skeleton lines={3} />
          </>
        ) : again ? (
          <>
            <h1>
              <Trans>Sign in to your chapter’s desk</Trans>
            </h1>
            <ProblemNotice
              problem={problem}
              action={<Button onClick={() => setWish({ ...wish })}>{t`Try again`}</Button>}
            />
          </>
        ) : (
          <EnterWays problem={problem} onEntered={enter} onToken={(token) => setWish({ token })} />
        )}
        <LocaleSwitch />
      </div>
    </main>
  );
}
