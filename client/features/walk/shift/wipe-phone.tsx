import { useEffect, useState } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconTrash } from '@tabler/icons-react';
import { packets } from '../../../store/phone-store.ts';
import { leavePhone } from '../../../sync/phone.ts';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { useUnsent } from '../sent/use-sync-words.ts';
import { useWalk } from '../walk-context.ts';

export interface WipePhoneProps {
  /** It is being asked whether the list is to go. */
  readonly asks: boolean;
  readonly onAsk: (asks: boolean) => void;
}

/** Ends the shift on this phone: the list and its key go, what is unsent stays sealed and goes later. */
export function WipePhone({ asks, onAsk }: WipePhoneProps) {
  const { t } = useLingui();
  const { kind } = useWalk().sheet.turf;
  const unsent = useUnsent();
  const [busy, setBusy] = useState(false);
  const [drafts, setDrafts] = useState(0);
  useEffect(() => {
    let current = true;
    const tell = (count: number): void => void (current && setDrafts(count));
    // What cannot be counted is not said; the list goes when it is wished.
    if (asks) packets.countDrafts().then(tell, () => tell(0));
    return () => void (current = false);
  }, [asks]);
  const wipe = async (): Promise<void> => {
    setBusy(true);
    try {
      await leavePhone();
    } finally {
      // Nothing that was read before stays in the memory of the page either.
      window.location.assign('/walk');
    }
  };
  return (
    <section className="stack" aria-labelledby="wipe-phone">
      <h3 id="wipe-phone">
        <Trans>Not coming back to this turf?</Trans>
      </h3>
      <p className="quiet">
        <Trans>Then nobody’s name needs to stay on your phone.</Trans>
      </p>
      <Button wide icon={<IconTrash size={20} aria-hidden />} onClick={() => onAsk(true)}>
        <Trans>Delete the list here</Trans>
      </Button>
      <ConfirmDialog
        open={asks}
        title={<Trans>Delete the list from this phone?</Trans>}
        action={t`Delete it`}
        danger
        busy={busy}
        onConfirm={() => void wipe()}
        onCancel={() => onAsk(false)}
      >
        <p>
          <Trans>
            What you did is kept and counts. To walk on this phone again you need a new code.
          </Trans>
        </p>
        {unsent > 0 && (
          <p>
            <Plural
              value={unsent}
              one="# thing that you saved has not been sent. It stays here, sealed, and is sent where there is signal."
              other="# things that you saved have not been sent. They stay here, sealed, and are sent where there is signal."
            />
          </p>
        )}
        {drafts > 0 && (
          <p>
            {kind === undefined ? (
              <Plural
                value={drafts}
                one="What you began at # door and did not save goes with the list."
                other="What you began at # doors and did not save goes with the list."
              />
            ) : (
              <Trans>What you began and did not save goes with the list.</Trans>
            )}
          </p>
        )}
      </ConfirmDialog>
    </section>
  );
}
