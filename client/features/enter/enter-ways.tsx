import { useEffect, useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconFingerprint, IconKey, IconLink } from '@tabler/icons-react';
import type { Problem } from '#shared/kernel/problem.ts';
import type { Me } from '#shared/model/chapter.ts';
import {
  enterWithPasskey,
  knowsPasskeys,
  offersPasskeys,
  type Shown,
  stopAsking,
} from '../../api/passkeys.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { CodeForm } from './code-form.tsx';
import { LinkForm } from './link-form.tsx';
import { NoPasskeysHere } from './no-passkeys-here.tsx';

export interface EnterWaysProps {
  /** Which one was tried and did not work. */
  readonly problem: Problem | null;
  readonly onEntered: (me: Me) => void;
  readonly onToken: (token: string) => void;
}

/** A browser's quiet offer is renewed before what it offers to sign has lapsed. */
const RENEW_MS = 4 * 60_000;

/** The three ways in: the passkey first, and two for whoever has none at hand. */
export function EnterWays({ problem: before, onEntered, onToken }: EnterWaysProps) {
  const { t } = useLingui();
  const [way, setWay] = useState<'passkey' | 'link' | 'code'>('passkey');
  const [busy, setBusy] = useState(false);
  const [shown, setShown] = useState<Shown<Me> | 'nothing'>('nothing');
  const able = knowsPasskeys();

  useEffect(() => {
    if (!able) return;
    let gone = false;
    const offer = async (): Promise<void> => {
      if (!(await offersPasskeys()) || gone) return;
      const answer = await enterWithPasskey(true);
      if (!gone && answer?.ok === true) onEntered(answer.value);
    };
    void offer();
    const timer = window.setInterval(() => void offer(), RENEW_MS);
    return () => {
      gone = true;
      window.clearInterval(timer);
      stopAsking();
    };
  }, [able, onEntered]);

  const enter = async (): Promise<void> => {
    setBusy(true);
    const answer = await enterWithPasskey(false);
    setBusy(false);
    setShown(answer);
    if (answer?.ok === true) onEntered(answer.value);
  };
  const problem = shown === 'nothing' ? before : shown?.ok === false ? shown.problem : null;
  return (
    <>
      <h1>
        <Trans>Sign in to your chapter’s desk</Trans>
      </h1>
      {problem && <ProblemNotice problem={problem} />}
      {shown === null && (
        <Notice>
          <Trans>No passkey was shown. Try again, or come in by one of the other ways below.</Trans>
        </Notice>
      )}
      {able ? (
        <Button
          variant={way === 'passkey' ? 'primary' : 'normal'}
          size="large"
          busy={busy}
          icon={<IconFingerprint size={22} aria-hidden />}
          onClick={() => void enter()}
        >
          {t`Use your passkey`}
        </Button>
      ) : (
        <NoPasskeysHere />
      )}
      <div className="enter-ways">
        <Button
          variant="quiet"
          aria-expanded={way === 'link'}
          icon={<IconLink size={20} aria-hidden />}
          onClick={() => setWay(way === 'link' ? 'passkey' : 'link')}
        >
          {t`I have a link`}
        </Button>
        <Button
          variant="quiet"
          aria-expanded={way === 'code'}
          icon={<IconKey size={20} aria-hidden />}
          onClick={() => setWay(way === 'code' ? 'passkey' : 'code')}
        >
          {t`I have a recovery code`}
        </Button>
      </div>
      {way === 'link' && <LinkForm onToken={onToken} />}
      {way === 'code' && <CodeForm onEntered={onEntered} />}
      <p className="small quiet">
        <Trans>
          You came to knock on doors? <a href="/join">Join with your code</a> instead.
        </Trans>
      </p>
    </>
  );
}
