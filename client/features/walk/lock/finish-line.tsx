import { useSyncExternalStore } from 'react';
import { Trans } from '@lingui/react/macro';
import { talkHere } from '../../../sync/talks.ts';
import { useSyncStatus } from '../sent/use-sync-words.ts';
import { useWalk } from '../walk-context.ts';

/** The turf has ended, and the conversation that is open on this page may still be finished. */
export function useFinishing(): boolean {
  const { finishing } = useSyncStatus();
  const open = useSyncExternalStore(talkHere.subscribe, talkHere.read);
  return finishing && open;
}

/** Says so, above the conversation and without getting in its way. */
export function FinishLine() {
  const finishing = useFinishing();
  const { hold } = useSyncStatus();
  const { sheet } = useWalk();
  const turf = sheet.turf.name;
  return (
    <div role="status">
      {finishing && (
        <p className="finish-line small">
          {hold === 'revoked' ? (
            <Trans>
              Your coordinator signed this phone out. You can still finish this conversation and
              save it within ten minutes.
            </Trans>
          ) : (
            <Trans>
              Your coordinator took {turf} back. You can still finish this conversation and save it
              within ten minutes.
            </Trans>
          )}
        </p>
      )}
    </div>
  );
}
