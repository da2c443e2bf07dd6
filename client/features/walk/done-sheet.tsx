import { useEffect, useState } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconRefresh } from '@tabler/icons-react';
import { syncNow } from '../../sync/phone.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Stat } from '../../ui/stat.tsx';
import { myTally } from './my-tally.ts';
import { useFreshStart } from './save-guard.tsx';
import { useSyncStatus, useUnsent } from './use-sync-words.ts';
import { useWalk } from './walk-context.ts';

/** The end of a shift: what I did, and whether the chapter has it all. */
export function DoneSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useLingui();
  const { rows, stateOf, me, tally } = useWalk();
  const { state } = useSyncStatus();
  const unsent = useUnsent();
  const [busy, setBusy] = useState(false);
  useFreshStart();
  const mine = myTally(
    rows.map((row) => stateOf(row.door.id)),
    me,
  );
  useEffect(() => void syncNow(), []);
  const send = (): void => {
    setBusy(true);
    void syncNow().finally(() => setBusy(false));
  };
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={mine.doors === 0 ? <Trans>Nothing knocked yet</Trans> : <Trans>Thank you</Trans>}
      description={
        <Plural
          value={tally.remaining}
          _0="Every door of this turf is done."
          one="# door of this turf is still to do."
          other="# doors of this turf are still to do."
        />
      }
      footer={
        unsent > 0 ? (
          <Button
            variant="primary"
            size="large"
            wide
            icon={<IconRefresh size={22} aria-hidden />}
            busy={busy || state === 'sending'}
            onClick={send}
          >
            <Trans>Send it now</Trans>
          </Button>
        ) : (
          <Button variant="primary" size="large" wide onClick={onClose}>
            <Trans>Close</Trans>
          </Button>
        )
      }
    >
      <div className="stack">
        <dl className="stats stats-three" aria-label={t`What you did`}>
          <Stat value={mine.doors} label={<Trans>doors you knocked</Trans>} />
          <Stat value={mine.contacts} label={<Trans>conversations</Trans>} />
          <Stat value={mine.notHome} label={<Trans>not home</Trans>} />
        </dl>
        {unsent === 0 ? (
          <Notice tone="done" title={<Trans>All with the chapter</Trans>}>
            <Trans>You can put the phone away.</Trans>
          </Notice>
        ) : (
          <Notice tone="offline">
            <Plural
              value={unsent}
              one="# thing is still on this phone only. It is safe. Open the app once where there is signal, and it goes by itself."
              other="# things are still on this phone only. They are safe. Open the app once where there is signal, and they go by themselves."
            />
          </Notice>
        )}
      </div>
    </Sheet>
  );
}
