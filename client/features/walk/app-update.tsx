import { useEffect, useState } from 'react';
import { Trans } from '@lingui/react/macro';
import { useLocation } from 'wouter';
import { startNewVersion, useWaitingVersion } from '../../shell/service-worker.ts';
import { packets } from '../../store/phone-store.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useSyncStatus } from './use-sync-words.ts';

type Wait = 'door' | 'work' | 'nothing';

/** What a newer version has to wait for; null until it is known. */
function useWait(): Wait | null {
  const [location] = useLocation();
  const { unsent } = useSyncStatus();
  const [drafts, setDrafts] = useState<number | null>(null);
  useEffect(() => {
    let gone = false;
    const count = async (): Promise<void> => {
      // Drafts that cannot be counted are not put at risk.
      const value = await packets.countDrafts().catch(() => 1);
      if (!gone) setDrafts(value);
    };
    void count();
    return () => {
      gone = true;
    };
  }, []);
  if (location.startsWith('/walk/door')) return 'door';
  if (drafts === null) return null;
  return unsent === 0 && drafts === 0 ? 'nothing' : 'work';
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
