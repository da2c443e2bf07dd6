import { useEffect, useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconRefresh } from '@tabler/icons-react';
import type { OutboxOp } from '../../store/outbox-store.ts';
import { outbox } from '../../store/phone-store.ts';
import { syncNow } from '../../sync/phone.ts';
import { Button } from '../../ui/button.tsx';
import { LocaleSwitch } from '../../ui/locale-switch.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Stat } from '../../ui/stat.tsx';
import { AppUpdate } from './app-update.tsx';
import { useFreshStart } from './save-guard.tsx';
import { dayAndTime } from './time-words.ts';
import { useSyncStatus, useUnsent } from './use-sync-words.ts';

/** Where my work is, in full: what is here only, what the chapter has, and the button to send. */
export function SyncSheet({ onClose }: { readonly onClose: () => void }) {
  const { i18n } = useLingui();
  const status = useSyncStatus();
  const unsent = useUnsent();
  const [ops, setOps] = useState<readonly OutboxOp[]>([]);
  useEffect(() => outbox.watchAll(setOps), []);
  const [busy, setBusy] = useState(false);
  useFreshStart();
  const received = ops.filter((op) => op.result?.status === 'applied').length;

  const send = (): void => {
    setBusy(true);
    void syncNow().finally(() => setBusy(false));
  };

  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={<Trans>Where my work is</Trans>}
      footer={
        <Button
          variant="primary"
          size="large"
          wide
          icon={<IconRefresh size={22} aria-hidden />}
          busy={busy || status.state === 'sending'}
          onClick={send}
        >
          <Trans>Sync now</Trans>
        </Button>
      }
    >
      <div className="stack">
        <SyncSentence />
        <dl className="stats stats-three">
          <Stat value={unsent} label={<Trans>on this phone only</Trans>} />
          <Stat value={received} label={<Trans>received by the chapter</Trans>} />
          <Stat value={status.held} label={<Trans>held for a look</Trans>} />
        </dl>
        <p className="quiet">
          {status.lastSyncedAt === null ? (
            <Trans>This phone has not synced yet.</Trans>
          ) : (
            <Trans>Last sync {dayAndTime(status.lastSyncedAt, i18n.locale)}.</Trans>
          )}
        </p>
        {status.problem !== null && status.problem.code !== 'no-network' && (
          <ProblemNotice problem={status.problem} />
        )}
        {status.held > 0 && (
          <Notice>
            <Trans>
              The chapter has the held ones whole. Your coordinator decides where they belong; you
              need not do anything.
            </Trans>
          </Notice>
        )}
        <AppUpdate unsent={unsent} />
        <LocaleSwitch />
      </div>
    </Sheet>
  );
}

function SyncSentence() {
  const { state } = useSyncStatus();
  const unsent = useUnsent();
  if (state === 'signed-out') {
    return (
      <Notice tone="problem" title={<Trans>The chapter no longer takes this phone’s turf</Trans>}>
        <Trans>
          Everything you saved stays on this phone. Ask your coordinator for a new code; what is
          here goes after it.
        </Trans>
      </Notice>
    );
  }
  if (unsent === 0) {
    return (
      <Notice tone="done">
        <Trans>Everything you saved is with the chapter.</Trans>
      </Notice>
    );
  }
  if (state === 'offline') {
    return (
      <Notice tone="offline" title={<Trans>No signal</Trans>}>
        <Trans>What you saved is safe on this phone and will go by itself.</Trans>
      </Notice>
    );
  }
  return (
    <Notice>
      <Trans>What you saved is safe on this phone and is on its way.</Trans>
    </Notice>
  );
}
