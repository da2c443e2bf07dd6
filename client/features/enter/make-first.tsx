import { useState, type FormEvent } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconFingerprint } from '@tabler/icons-react';
import type { Problem } from '#shared/kernel/problem.ts';
import type { Me } from '#shared/model/chapter.ts';
import { knowsPasskeys, makePasskey } from '../../api/passkeys.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { NoPasskeysHere } from './no-passkeys-here.tsx';

export interface MakeFirstProps {
  readonly me: Me;
  readonly onMade: () => void;
  readonly onSignOut: () => void;
}

/** What whoever came by a link or a code does before anything else. */
export function MakeFirst({ me, onMade, onSignOut }: MakeFirstProps) {
  const { t } = useLingui();
  const [name, setName] = useState(() => t`This device`);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [closed, setClosed] = useState(false);
  const make = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    const answer = await makePasskey(name.trim() === '' ? t`This device` : name.trim());
    setBusy(false);
    setClosed(answer === null);
    setProblem(answer === null || answer.ok ? null : answer.problem);
    if (answer?.ok === true) onMade();
  };
  return (
    <>
      <h1>
        <Trans>Make your passkey</Trans>
      </h1>
      <p>
        <Trans>
          Welcome to {me.chapter.name}, {me.member.name}. From now on you sign in with a passkey:
          your fingerprint, your face or the code of your own device. There is no password, and
          nothing that a stranger could read off or pass on.
        </Trans>
      </p>
      {knowsPasskeys() ? (
        <form className="stack" onSubmit={(event) => void make(event)}>
          <TextField
            label={t`What do you call this device?`}
            hint={t`So that you know it again in your list of passkeys.`}
            value={name}
            maxLength={60}
            autoComplete="off"
            onChange={(event) => setName(event.target.value)}
          />
          {closed && (
            <Notice>
              <Trans>No passkey was made: the browser’s question was closed. Try again.</Trans>
            </Notice>
          )}
          {problem && <ProblemNotice problem={problem} />}
          <Button
            type="submit"
            variant="primary"
            size="large"
            busy={busy}
            icon={<IconFingerprint size={22} aria-hidden />}
          >
            {t`Make a passkey`}
          </Button>
        </form>
      ) : (
        <NoPasskeysHere />
      )}
      <Button variant="quiet" onClick={onSignOut}>{t`Not now: sign out`}</Button>
    </>
  );
}
