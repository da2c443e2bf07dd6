import { Trans } from '@lingui/react/macro';
import { startNewVersion, useWaitingVersion } from '../../shell/service-worker.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';

/** Offers a newer version to a desk that is left open for weeks; never by itself, mid-sentence. */
export function DeskUpdate() {
  if (!useWaitingVersion()) return null;
  return (
    <div className="desk-band">
      <Notice
        title={<Trans>A newer version of the app is here</Trans>}
        action={
          <Button onClick={startNewVersion}>
            <Trans>Use it now</Trans>
          </Button>
        }
      >
        <Trans>The page opens again at once. Save first what you are drawing or writing.</Trans>
      </Notice>
    </div>
  );
}
