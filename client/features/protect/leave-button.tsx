import { useState, useSyncExternalStore } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconLogout } from '@tabler/icons-react';
import { leavePhone, syncStatus } from '../../sync/phone.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';

/** The person gives the phone back: its list goes, what is unsent stays sealed. */
export function LeaveButton() {
  const { t } = useLingui();
  const { unsent } = useSyncExternalStore(syncStatus.subscribe, syncStatus.read);
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const leave = async (): Promise<void> => {
    setBusy(true);
    try {
      await leavePhone();
    } finally {
      // Nothing that was read before stays in the memory of the page either.
      window.location.assign('/walk');
    }
  };
  return (
    <>
      <Button wide icon={<IconLogout size={20} aria-hidden />} onClick={() => setAsking(true)}>
        <Trans>Leave this phone</Trans>
      </Button>
      <ConfirmDialog
        open={asking}
        title={<Trans>Leave this phone?</Trans>}
        action={t`Leave this phone`}
        danger
        busy={busy}
        onConfirm={() => void leave()}
        onCancel={() => setAsking(false)}
      >
        <p>
          <Trans>
            The list is deleted here, and you need a new code to walk on this phone again.
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
      </ConfirmDialog>
    </>
  );
}
