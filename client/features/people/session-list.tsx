import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconDeviceLaptop, IconDeviceMobile, IconLogout } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import type { Problem } from '#shared/kernel/problem.ts';
import type { OwnSession } from '#shared/model/session.ts';
import { callApi } from '../../api/call.ts';
import { useApi } from '../../api/use-api.ts';
import { useFormat } from '../../api/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { Pill } from '../../ui/pill.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ShowData } from '../../ui/show-data.tsx';
import { showToast } from '../../ui/toast.tsx';

const ON_PHONES = /Android|iPhone|iPad/;

/** Where I am signed in; each can be ended, and all others at once. */
export function SessionList() {
  const { t } = useLingui();
  const [, navigate] = useLocation();
  const sessions = useApi<readonly OwnSession[]>('/v1/sessions');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const run = async (method: 'POST' | 'DELETE', path: string): Promise<boolean> => {
    setBusy(true);
    const answer = await callApi<null>(method, path);
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    sessions.reload();
    return answer.ok;
  };
  const endOthers = async (): Promise<void> => {
    if (await run('POST', '/v1/sessions/end-others')) {
      showToast({ text: t`You are signed in here alone.` });
    }
  };
  const endAll = async (): Promise<void> => {
    if (await run('POST', '/v1/sign-out/everywhere')) navigate('/enter');
  };

  return (
    <section className="stack people-out" aria-labelledby="people-out">
      <h2 id="people-out">
        <Trans>Where you are signed in</Trans>
      </h2>
      <p className="quiet">
        <Trans>
          A session ends by itself after twelve hours without use, and after seven days at the
          latest. End one that you do not know, and look at your passkeys then.
        </Trans>
      </p>
      {problem && <ProblemNotice problem={problem} />}
      <ShowData from={sessions} lines={2}>
        {(list) => (
          <>
            <ul role="list" className="panel people-list" aria-label={t`Your sessions`}>
              {list.map((session) => (
                <SessionRow
                  key={session.id}
                  session={session}
                  busy={busy}
                  onEnd={() => void run('DELETE', `/v1/sessions/${session.id}`)}
                />
              ))}
            </ul>
            <div className="row">
              {list.some(({ here }) => !here) && (
                <Button busy={busy} onClick={() => void endOthers()}>{t`End all others`}</Button>
              )}
              <Button
                variant="quiet"
                busy={busy}
                icon={<IconLogout size={18} aria-hidden />}
                onClick={() => void endAll()}
              >
                {t`Sign out everywhere`}
              </Button>
            </div>
          </>
        )}
      </ShowData>
    </section>
  );
}

interface SessionRowProps {
  readonly session: OwnSession;
  readonly busy: boolean;
  readonly onEnd: () => void;
}

function SessionRow({ session, busy, onEnd }: SessionRowProps) {
  const { t } = useLingui();
  const format = useFormat();
  const { device, how, since, seenAt, here } = session;
  const Icon = ON_PHONES.test(device ?? '') ? IconDeviceMobile : IconDeviceLaptop;
  const name = device ?? t`A browser that did not say which`;
  const begun = (): string => {
    if (how === 'link') return t`by a link ${format.moment(since)}`;
    if (how === 'recovery') return t`by a recovery code ${format.moment(since)}`;
    return how === 'passkey'
      ? t`passkey shown ${format.moment(since)}`
      : t`since ${format.moment(since)}`;
  };
  return (
    <li className="people-row">
      <Icon className="people-key" size={24} aria-hidden />
      <div className="people-who">
        <p className="people-name">
          {name} {here && <Pill tone="done">{t`this one`}</Pill>}
        </p>
        <p className="small quiet">
          {begun()}
          {seenAt !== null && !here && (
            <>
              {' · '}
              <Trans>last used {format.moment(seenAt)}</Trans>
            </>
          )}
        </p>
      </div>
      {!here && (
        <Button variant="quiet" busy={busy} aria-label={t`End the session ${name}`} onClick={onEnd}>
          {t`End`}
        </Button>
      )}
    </li>
  );
}
