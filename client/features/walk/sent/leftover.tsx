import { useState } from 'react';
import { Plural, Trans } from '@lingui/react/macro';
import { IconRefresh } from '@tabler/icons-react';
import { syncNow } from '../../../sync/phone.ts';
import { Button } from '../../../ui/button.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { HeldOwn } from './held-own.tsx';
import { placeOf } from './place-of.ts';
import { SaveFileButton } from './save-file-button.tsx';
import { SyncSentence } from './sync-sentence.tsx';
import { useOutbox } from './use-outbox.ts';

export interface LeftoverProps {
  /** Says that all is with the chapter, too; otherwise nothing is shown then. */
  readonly sayAll?: boolean;
}

/** Where there is no walk: what this phone still has, and every way to bring it to the chapter. */
export function Leftover({ sayAll = false }: LeftoverProps) {
  const ops = useOutbox();
  const [busy, setBusy] = useState(false);
  if (ops === null) return <Skeleton lines={2} height="2rem" />;
  const unsent = ops.filter((op) => placeOf(op) === 'phone').length;
  if (unsent === 0 && !sayAll) return null;
  const send = (): void => {
    setBusy(true);
    void syncNow().finally(() => setBusy(false));
  };
  return (
    <div className="stack leftover">
      {unsent > 0 && (
        <p>
          <strong>
            <Plural value={unsent} one="# still on this phone" other="# still on this phone" />
          </strong>
        </p>
      )}
      <SyncSentence unsent={unsent} />
      {unsent > 0 && (
        <>
          <Button
            size="large"
            wide
            icon={<IconRefresh size={22} aria-hidden />}
            busy={busy}
            onClick={send}
          >
            <Trans>Send now</Trans>
          </Button>
          <SaveFileButton />
        </>
      )}
      <HeldOwn ops={ops} />
    </div>
  );
}
