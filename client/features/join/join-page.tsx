import '../../ui/door-words.ts';
import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { Problem } from '#shared/kernel/problem.ts';
import type { Result } from '#shared/kernel/result.ts';
import { usePage } from '../../shell/use-page.ts';
import { checkStorage, type StorageGrant } from '../../store/check-storage.ts';
import { needsInstall } from '../../store/needs-install.ts';
import { startSync, syncStatus } from '../../sync/phone.ts';
import { Button } from '../../ui/button.tsx';
import { LocaleSwitch } from '../../ui/locale-switch.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useShell } from '../../ui/use-shell.ts';
import { JoinForm, type Typed } from './join-form.tsx';
import { HowItWorks } from './how-it-works.tsx';
import { InstallGuide } from './install-guide.tsx';
import { JoinReady } from './join-ready.tsx';
import { JoinSteps } from './join-steps.tsx';
import { JoinWaiting } from './join-waiting.tsx';
import { readLinkCode } from './read-code.ts';
import { StorageRefused } from './storage-refused.tsx';
import { useJoin } from './use-join.ts';
import { useOnPhone } from './use-on-phone.ts';
import './join.css';

const HandedPage = lazy(async () => ({
  default: (await import('./handed-page.tsx')).HandedPage,
}));

/** `/join`, or `/join#TOKEN` from a QR code: in a minute from the code to the first door. */
export function JoinPage() {
  const { t } = useLingui();
  const heading = usePage(t`Join a turf`);
  useShell('walk');
  const [storage, setStorage] = useState<Result<StorageGrant, Problem> | null>(null);
  useEffect(() => {
    void checkStorage().then(setStorage);
  }, []);
  return (
    <main className="join stack">
      <h1 ref={heading} tabIndex={-1}>
        <Trans>Join a turf</Trans>
      </h1>
      {storage === null && <Skeleton lines={3} height="3rem" />}
      {storage?.ok === false && <StorageRefused problem={storage.problem} />}
      {storage?.ok === true && needsInstall() && (
        <InstallGuide scanned={readLinkCode(window.location.hash) !== null} />
      )}
      {storage?.ok === true && !needsInstall() && <Joining persisted={storage.value.persisted} />}
      <footer>
        <LocaleSwitch />
      </footer>
    </main>
  );
}

function Joining({ persisted }: { readonly persisted: boolean }) {
  const [linkCode, setLinkCode] = useState(() => readLinkCode(window.location.hash));
  const [typed, setTyped] = useState<Typed>(() => ({
    code: '',
    name: '',
    read: false,
    who: new URLSearchParams(window.location.search).has('other') ? 'other' : null,
  }));
  const { now, start, again, settle, have } = useJoin();
  const [handed, setHanded] = useState(false);
  // What somebody else left unsent on this phone goes out while the new one joins.
  useEffect(() => void startSync(), []);
  const onPhone = useOnPhone(now.at === 'form');
  const { epochLost } = useSyncExternalStore(syncStatus.subscribe, syncStatus.read);
  switch (now.at) {
    case 'form':
      return (
        <>
          {epochLost && (
            <Notice tone="offline" title={<Trans>What this browser kept is gone</Trans>}>
              <Trans>
                It was a phone of the chapter before, and its storage was cleared. The chapter is
                told when you join. Did you save a file before? Give it to your coordinator.
              </Trans>
            </Notice>
          )}
          {now.out === 'late' && (
            <Notice title={<Trans>Nobody let you in in time</Trans>}>
              <Trans>
                A link waits three days for a coordinator, and they are over. Ask whoever sent it
                for a new one.
              </Trans>
            </Notice>
          )}
          {now.out === 'refused' && (
            <Notice title={<Trans>You were not let in</Trans>}>
              <Trans>The link is used up. Ask whoever sent it, or take a code at the table.</Trans>
            </Notice>
          )}
          {handed ? (
            <Suspense fallback={null}>
              <HandedPage onPhone={onPhone} onTaken={have} onBack={() => setHanded(false)} />
            </Suspense>
          ) : (
            <>
              <JoinForm
                linkCode={linkCode}
                problem={now.problem}
                onPhone={onPhone}
                typed={typed}
                onType={setTyped}
                onScanned={setLinkCode}
                onJoin={start}
              />
              <Button variant="quiet" wide onClick={() => setHanded(true)}>
                <Trans>No signal? Take a turf from a screen or file</Trans>
              </Button>
            </>
          )}
        </>
      );
    case 'working':
      return (
        <>
          <JoinSteps step={now.step} stuck={false} app={now.app ?? null} />
          {now.step !== 'code' && <HowItWorks />}
        </>
      );
    case 'stuck':
      return (
        <div className="stack">
          <ProblemNotice problem={now.problem} />
          <JoinSteps step={now.step} stuck />
          <Button variant="primary" size="large" wide onClick={again}>
            <Trans>Try again</Trans>
          </Button>
        </div>
      );
    case 'waiting':
      return <JoinWaiting chapterName={now.chapterName} until={now.until} onSettled={settle} />;
    case 'ready':
      return (
        <>
          <JoinReady {...now} persisted={persisted} />
          <HowItWorks />
        </>
      );
  }
}
