import { Trans } from '@lingui/react/macro';
import { startNewVersion, useWaitingVersion } from '../../shell/service-worker.ts';
import { useHasUnsavedWork } from '../../shell/unsaved-work.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';

/**
 * Offers a newer version to a desk that is left open for weeks: never by itself, and not at all
 * while something is drawn or written and not saved.
 */
export function DeskUpdate() {
  const waiting = useWaitingVersion();
  const unsaved = useHasUnsavedWork();
  if (!waiting) return null;
  return (
    <div className="desk-band">
      <Notice
        title={<Trans>A newer version of the app is here</Trans>}
        action={
          unsaved ? undefined : (
            <Button onClick={startNewVersion}>
              <Trans>Use it now</Trans>
            </Button>
          )
        }
      >
        {unsaved ? (
          <Trans>It waits until you have saved what you are drawing or writing.</Trans>
        ) : (
          <Trans>The page opens again at once, where you are now.</Trans>
        )}
      </Notice>
    </div>
  );
}
