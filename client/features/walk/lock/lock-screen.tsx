import { useEffect, useState, type FormEvent } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconCloudDownload, IconFingerprint, IconLock, IconRefresh } from '@tabler/icons-react';
import { Link } from 'wouter';
import { type Unlocked, unlockByPasskey, unlockByPin } from '../../../lock/guard-phone.ts';
import { askPasskey } from '../../../lock/passkey.ts';
import { usePage } from '../../../shell/use-page.ts';
import { vault } from '../../../store/phone-store.ts';
import { syncNow } from '../../../sync/phone.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { LocaleSwitch } from '../../../ui/locale-switch.tsx';
import { closeToasts } from '../../../ui/toast.tsx';
import { Leftover } from '../sent/leftover.tsx';
import { useLock } from './use-lock.ts';
import { useSyncStatus } from '../sent/use-sync-words.ts';

/** Between the list and whoever holds the phone: by PIN or passkey; or how the list comes back. */
export function LockScreen() {
  const { state, guard } = useLock();
  // The last knock's address, with its Undo, is part of the list.
  useEffect(closeToasts, []);
  if (state !== 'locked') return <ListLost />;
  return guard === 'passkey' ? <AskPasskey /> : <AskPin />;
}

function Unsent() {
  const { unsent, hold } = useSyncStatus();
  return (
    <>
      {hold === 'unheard' && (
        <p>
          <Trans>
            This phone has not heard of the chapter for too long, so the list was deleted. It comes
            back where there is signal, once you have unlocked.
          </Trans>
        </p>
      )}
      {unsent > 0 && (
        <p>
          <Plural
            value={unsent}
            one="# thing that you saved is kept sealed and is sent where there is signal, locked or not."
            other="# things that you saved are kept sealed and are sent where there is signal, locked or not."
          />
        </p>
      )}
    </>
  );
}

function Forgotten() {
  return (
    <p className="quiet small">
      <Trans>
        Cannot get in? Ask your coordinator for a new code. Nothing that you saved is lost.
      </Trans>{' '}
      <Link href="/join">
        <Trans>I have a code</Trans>
      </Link>
    </p>
  );
}

/** Counts down to zero, second by second. */
function useCountdown(waitMs: number, since: number): number {
  const [now, setNow] = useState(since);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.ceil((waitMs - Math.max(0, now - since)) / 1000));
}

function AskPin() {
  const { t } = useLingui();
  const heading = usePage(t`Your list is locked`);
  const [pin, setPin] = useState('');
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const [told, setTold] = useState<{ readonly is: Unlocked; readonly at: number } | null>(null);
  const is = told?.is ?? null;
  const waitMs = is?.is === 'wrong' || is?.is === 'wait' ? is.waitMs : 0;
  const seconds = useCountdown(waitMs, told?.at ?? 0);
  const unlock = async (): Promise<void> => {
    setBusy(true);
    // Whatever is typed while this one is looked at is the next one.
    setPin('');
    setFailed(false);
    try {
      setTold({ is: await unlockByPin(vault, pin, Date.now()), at: Date.now() });
    } catch {
      setFailed(true);
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void unlock();
  };
  const error =
    is?.is === 'wrong' ? (
      <Plural
        value={is.left}
        one="This is not the PIN. One more wrong try destroys the list on this phone."
        other="This is not the PIN. # tries are left before the list on this phone is destroyed."
      />
    ) : undefined;
  return (
    <main className="ended stack">
      <IconLock className="ended-mark" size={44} stroke={1.5} aria-hidden />
      <h1 ref={heading} tabIndex={-1}>
        <Trans>Your list is locked</Trans>
      </h1>
      <Unsent />
      <form className="stack" onSubmit={submit}>
        <TextField
          label={<Trans>PIN</Trans>}
          type="password"
          inputMode="numeric"
          autoComplete="off"
          value={pin}
          onChange={(event) => setPin(event.target.value)}
          error={error}
        />
        {failed && (
          <p role="alert">
            <Trans>That did not open it. Try again: your work is safe.</Trans>
          </p>
        )}
        {seconds > 0 && (
          <p role="status">
            <Plural value={seconds} one="Wait # second." other="Wait # seconds." />
          </p>
        )}
        <Button
          type="submit"
          variant="primary"
          size="large"
          wide
          busy={busy}
          disabled={!busy && (pin === '' || seconds > 0)}
        >
          <Trans>Unlock</Trans>
        </Button>
      </form>
      <Forgotten />
      <footer>
        <LocaleSwitch />
      </footer>
    </main>
  );
}

function AskPasskey() {
  const { t } = useLingui();
  const heading = usePage(t`Your list is locked`);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const unlock = async (): Promise<void> => {
    setBusy(true);
    setFailed(!(await unlockByPasskey(vault, askPasskey).catch(() => false)));
    setBusy(false);
  };
  return (
    <main className="ended stack">
      <IconLock className="ended-mark" size={44} stroke={1.5} aria-hidden />
      <h1 ref={heading} tabIndex={-1}>
        <Trans>Your list is locked</Trans>
      </h1>
      <Unsent />
      {failed && (
        <p role="alert">
          <Trans>That did not open it. Try again: your work is safe.</Trans>
        </p>
      )}
      <Button
        variant="primary"
        size="large"
        wide
        icon={<IconFingerprint size={22} aria-hidden />}
        busy={busy}
        onClick={() => void unlock()}
      >
        <Trans>Unlock with this phone’s lock</Trans>
      </Button>
      <Forgotten />
      <footer>
        <LocaleSwitch />
      </footer>
    </main>
  );
}

/** The list lies here without its key: skipped at joining, and then the app was closed. */
function ListLost() {
  const { t } = useLingui();
  const heading = usePage(t`Your list comes back with signal`);
  const [busy, setBusy] = useState(false);
  const ask = (): void => {
    setBusy(true);
    void syncNow().finally(() => setBusy(false));
  };
  return (
    <main className="ended stack">
      <IconCloudDownload className="ended-mark" size={44} stroke={1.5} aria-hidden />
      <h1 ref={heading} tabIndex={-1}>
        <Trans>Your list comes back with signal</Trans>
      </h1>
      <p>
        <Trans>
          This phone has no PIN, so the list cannot be read after the app was closed. It is fetched
          anew as soon as there is signal.
        </Trans>
      </p>
      <Button
        variant="primary"
        size="large"
        wide
        icon={<IconRefresh size={22} aria-hidden />}
        busy={busy}
        onClick={ask}
      >
        <Trans>Try now</Trans>
      </Button>
      <Leftover />
      <footer>
        <LocaleSwitch />
      </footer>
    </main>
  );
}
