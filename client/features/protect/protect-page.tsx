import '../../ui/door-words.ts';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconFingerprint, IconShieldLock } from '@tabler/icons-react';
import { Link, Redirect, useLocation } from 'wouter';
import { guardByNothing, guardByPasskey } from '../../lock/guard-phone.ts';
import { makePasskey, mayHavePasskey, NoPasskey } from '../../lock/passkey.ts';
import { usePage } from '../../shell/use-page.ts';
import { outbox, packets, vault } from '../../store/phone-store.ts';
import { startSync, syncNow } from '../../sync/phone.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { LocaleSwitch } from '../../ui/locale-switch.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useShell } from '../../ui/use-shell.ts';
import { LeaveButton } from './leave-button.tsx';
import { PinForm } from './pin-form.tsx';
import './protect.css';

/** `/protect`: what opens the list on this phone. Once after joining, and again whenever one likes. */
export function ProtectPage() {
  const { t } = useLingui();
  const heading = usePage(t`Protect this phone`);
  useShell('walk');
  useEffect(() => void startSync(), []);
  const lock = useSyncExternalStore(vault.subscribe, vault.read);
  const joined = useJoined();
  if (lock.state === 'starting' || joined === null) return <Skeleton lines={4} height="3rem" />;
  // Only whoever can read the list, or has just brought a code for it, says what opens it.
  if (!joined || !vault.mayChangeGuard()) return <Redirect to="/walk" replace />;
  return (
    <main className="protect stack">
      <IconShieldLock className="protect-mark" size={44} stroke={1.5} aria-hidden />
      <h1 ref={heading} tabIndex={-1}>
        <Trans>Protect this phone</Trans>
      </h1>
      <p>
        <Trans>
          The people on your list trusted their county with their names, and your chapter trusts you
          with them. Choose what opens the list after five minutes without a touch, and after the
          app was closed.
        </Trans>
      </p>
      <Choices />
      {lock.guard !== null && (
        <>
          <Link className={buttonClass({ wide: true })} href="/walk">
            <Trans>Keep it as it is</Trans>
          </Link>
          <LeaveButton />
        </>
      )}
      <footer>
        <LocaleSwitch />
      </footer>
    </main>
  );
}

/** Whether anybody has joined on this phone; null until that is known. */
function useJoined(): boolean | null {
  const [joined, setJoined] = useState<boolean | null>(null);
  useEffect(() => {
    let gone = false;
    const look = async (): Promise<void> => {
      await vault.ready();
      const identity = await outbox.readIdentity();
      if (!gone) setJoined(identity !== null);
    };
    void look().catch(() => setJoined(false));
    return () => {
      gone = true;
    };
  }, []);
  return joined;
}

function Choices() {
  const { t } = useLingui();
  const [, go] = useLocation();
  const [can, setCan] = useState(false);
  const [busy, setBusy] = useState<'passkey' | 'skip' | null>(null);
  const [refused, setRefused] = useState<'none' | 'refused' | 'storage' | null>(null);
  useEffect(() => {
    void mayHavePasskey().then(setCan);
  }, []);

  /** Once it is chosen, nothing is left lying in the open. */
  const finish = async (): Promise<void> => {
    await packets.cover();
    void syncNow();
    go('/walk', { replace: true });
  };
  const choose = async (what: 'passkey' | 'skip'): Promise<void> => {
    setBusy(what);
    setRefused(null);
    try {
      if (what === 'skip') await guardByNothing(vault);
      else await guardByPasskey(vault, (salt) => makePasskey(t`Homeground list`, salt));
      await finish();
    } catch (error) {
      setRefused(error instanceof NoPasskey ? error.why : 'storage');
      setBusy(null);
    }
  };
  return (
    <>
      {refused === 'none' && (
        <Notice tone="offline" title={<Trans>This phone’s lock cannot do it</Trans>}>
          <Trans>Choose a PIN instead. Nothing has changed.</Trans>
        </Notice>
      )}
      {refused === 'refused' && (
        <Notice tone="offline" title={<Trans>It was not confirmed</Trans>}>
          <Trans>Try again, or choose a PIN. Nothing has changed.</Trans>
        </Notice>
      )}
      {refused === 'storage' && (
        <Notice tone="offline" title={<Trans>It could not be kept</Trans>}>
          <Trans>Close the app, open it again and try once more. Your work is safe.</Trans>
        </Notice>
      )}
      {can && (
        <section className="panel stack">
          <Button
            variant="primary"
            size="large"
            wide
            icon={<IconFingerprint size={22} aria-hidden />}
            busy={busy === 'passkey'}
            onClick={() => void choose('passkey')}
          >
            <Trans>Use this phone’s lock</Trans>
          </Button>
          <p className="quiet small">
            <Trans>
              Finger, face or the code of the phone. The list stays readable for 14 days without
              signal.
            </Trans>
          </p>
        </section>
      )}
      <section className="panel stack">
        <PinForm onDone={finish} primary={!can} />
      </section>
      <section className="panel stack">
        <Button size="large" wide busy={busy === 'skip'} onClick={() => void choose('skip')}>
          <Trans>Skip</Trans>
        </Button>
        <p className="quiet small">
          <Trans>
            Then the list is gone when the app is closed, and comes back only where there is signal.
            What you save is kept either way.
          </Trans>
        </p>
      </section>
    </>
  );
}
