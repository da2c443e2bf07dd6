import { Trans } from '@lingui/react/macro';
import { startNewVersion, useWaitingVersion } from '../../shell/service-worker.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';

/**
 * Offers a newer version of the app, never by itself and never over unsent work. Shown only where
 * no door is open: in the sheet of the list.
 */
export function AppUpdate({ unsent }: { readonly unsent: number }) {
  const waiting = useWaitingVersion();
  if (!waiting) return null;
  if (unsent > 0) {
    return (
      <Notice title={<Trans>A newer version of the app is here</Trans>}>
        <Trans>It waits until your work is with the chapter.</Trans>
      </Notice>
    );
  }
  return (
    <Notice
      title={<Trans>A newer version of the app is here</Trans>}
      action={
        <Button onClick={startNewVersion}>
          <Trans>Use it now</Trans>
        </Button>
      }
    >
      <Trans>The app opens again at once. Your turf and your work stay.</Trans>
    </Notice>
  );
}
