import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { CONDUCT_VERSION } from '#shared/model/conduct.ts';
import { usePage } from '../../../shell/use-page.ts';
import { clock, outbox } from '../../../store/phone-store.ts';
import { Button } from '../../../ui/button.tsx';
import { DoorRules } from '../../../ui/door-rules.tsx';
import { LocaleSwitch } from '../../../ui/locale-switch.tsx';

/** The rules for the doors, for whoever joined before they were asked for: once, before the list. */
export function RulesFirst({ onDone }: { readonly onDone: () => void }) {
  const { t } = useLingui();
  const heading = usePage(t`Before you go on`);
  const [read, setRead] = useState(false);
  const [asked, setAsked] = useState(false);
  const goOn = async (): Promise<void> => {
    setAsked(true);
    if (!read) return;
    const conduct = { version: CONDUCT_VERSION, at: clock.now() };
    // One that cannot be written down now is asked for again at the next start; the walk goes on.
    const identity = await outbox.readIdentity().catch(() => null);
    if (identity !== null) {
      await outbox.changeIdentity(identity.deviceId, () => ({ conduct })).catch(() => null);
    }
    onDone();
  };
  return (
    <main className="ended stack">
      <h1 ref={heading} tabIndex={-1}>
        <Trans>Before you go on</Trans>
      </h1>
      <p>
        <Trans>
          Everybody who walks confirms these rules once. Your turf and your work are as you left
          them.
        </Trans>
      </p>
      <DoorRules read={read} missing={asked && !read} onRead={setRead} />
      <Button variant="primary" size="large" wide onClick={() => void goOn()}>
        <Trans>Go on to my turf</Trans>
      </Button>
      <footer>
        <LocaleSwitch />
      </footer>
    </main>
  );
}
