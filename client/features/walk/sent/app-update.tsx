import { useEffect, useMemo, useState } from 'react';
import { Trans } from '@lingui/react/macro';
import { useLocation } from 'wouter';
import { canUpdateNow } from '../../../shell/can-update-now.ts';
import { startNewVersion, useWaitingVersion } from '../../../shell/service-worker.ts';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { useSyncStatus } from './use-sync-words.ts';

type Wait = 'door' | 'work' | 'nothing';

/** What a newer version has to wait for; null until it is known. */
function useWait(): Wait | null {
  const [location] = useLocation();
  const { unsent } = useSyncStatus();
  const question = useMemo(() => ({ location, unsent }), [location, unsent]);
  const [answer, setAnswer] = useState<{ readonly to: object; readonly can: boolean } | null>(null);
  useEffect(() => {
    let gone = false;
    const ask = async (): Promise<void> => {
      const can = await canUpdateNow();
      if (!gone) setAnswer({ to: question, can });
    };
    void ask();
    return () => {
      gone = true;
    };
  }, [question]);
  if (location.startsWith('/walk/door')) return 'door';
  if (answer?.to !== question) return null;
  return answer.can ? 'nothing' : 'work';
}

/**
 * Offers a newer version of the app: never by itself, never while a door is open, and never over
 * work that is on this phone alone.
 */
export function AppUpdate() {
  const waiting = useWaitingVersion();
  const wait = useWait();
  if (!waiting || wait === null) return null;
  return (
    <Notice
      title={<Trans>A newer version of the app is here</Trans>}
      action={
        wait === 'nothing' ? (
          <Button onClick={startNewVersion}>
            <Trans>Use it now</Trans>
          </Button>
        ) : undefined
      }
    >
      {wait === 'door' && <Trans>It waits until you are back at the list.</Trans>}
      {wait === 'work' && (
        <Trans>
          It waits until what you saved is with the chapter and nothing is half written.
        </Trans>
      )}
      {wait === 'nothing' && (
        <Trans>The app opens again at once. Your turf and your work stay.</Trans>
      )}
    </Notice>
  );
}
