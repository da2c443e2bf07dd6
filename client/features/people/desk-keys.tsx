import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconLogout } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import type { Problem } from '#shared/kernel/problem.ts';
import type { MyPasskeys, RecoveryCodes } from '#shared/model/passkey.ts';
import { callApi } from '../../api/call.ts';
import { useMe } from '../../api/me.ts';
import { useApi } from '../../api/use-api.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ShowData } from '../../ui/show-data.tsx';
import { CodeSheet } from './code-sheet.tsx';
import { CodesPanel } from './codes-panel.tsx';
import { KeyList } from './key-list.tsx';
import './people.css';

/** `/desk/keys`: what I come in with, and what when it is lost. */
export default function DeskKeys() {
  const { t } = useLingui();
  const me = useMe();
  const [, navigate] = useLocation();
  const keys = useApi<MyPasskeys>('/v1/passkeys');
  const [codes, setCodes] = useState<RecoveryCodes | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const made = (next: RecoveryCodes): void => {
    setCodes(next);
    keys.reload();
  };
  const endAll = async (): Promise<void> => {
    const answer = await callApi<null>('POST', '/v1/sign-out/everywhere');
    if (answer.ok) navigate('/enter');
    else setProblem(answer.problem);
  };
  if (codes !== null) return <CodeSheet codes={codes} onDone={() => setCodes(null)} />;
  return (
    <div className="desk-page people-page">
      <PageTitle
        title={t`Your passkeys`}
        under={t`${me.member.name} at ${me.chapter.name}. Two passkeys on two devices, or one and printed codes: then a lost phone shuts nobody out.`}
      />
      {me.demo && (
        <Notice>
          <Trans>
            This is the demo chapter: its links keep working and nothing asks for a passkey. You may
            try one out all the same.
          </Trans>
        </Notice>
      )}
      <ShowData from={keys}>
        {(mine) => (
          <>
            <KeyList mine={mine} onChanged={(next) => keys.put(() => next)} />
            <CodesPanel codes={mine.codes} onMade={made} />
          </>
        )}
      </ShowData>
      <section className="stack people-out" aria-labelledby="people-out">
        <h2 id="people-out">
          <Trans>Signed in elsewhere?</Trans>
        </h2>
        <p className="quiet">
          <Trans>
            A session ends by itself after twelve hours without use, and after seven days at the
            latest.
          </Trans>
        </p>
        {problem && <ProblemNotice problem={problem} />}
        <Button icon={<IconLogout size={18} aria-hidden />} onClick={() => void endAll()}>
          {t`Sign out everywhere`}
        </Button>
      </section>
    </div>
  );
}
