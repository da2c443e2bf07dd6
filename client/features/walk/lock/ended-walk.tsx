import '../../../ui/door-words.ts';
import { useState, type ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import {
  IconClockX,
  IconLock,
  IconLogout,
  IconMapOff,
  IconRefresh,
  type Icon,
} from '@tabler/icons-react';
import { Link } from 'wouter';
import { usePage } from '../../../shell/use-page.ts';
import { syncNow } from '../../../sync/phone.ts';
import type { SyncStatus } from '../../../sync/status.ts';
import { Button, buttonClass } from '../../../ui/button.tsx';
import { LocaleSwitch } from '../../../ui/locale-switch.tsx';
import { HalfWritten } from '../talk/half-written.tsx';
import { Leftover } from '../sent/leftover.tsx';
import { placeOf } from '../sent/place-of.ts';
import { useOutbox } from '../sent/use-outbox.ts';
import { useFreshStart } from '../save-guard.tsx';

type Ended = Exclude<SyncStatus['hold'], 'ok'>;

/** After these it may open, or come back, by itself. */
const AGAIN: readonly Ended[] = ['locked', 'unheard'];

/** Here it is said whether what was knocked counts. */
const COUNTS: readonly Ended[] = ['ended', 'expired', 'revoked'];

const ICONS: Readonly<Record<Ended, Icon>> = {
  ended: IconMapOff,
  expired: IconClockX,
  revoked: IconLock,
  lost: IconLock,
  unheard: IconClockX,
  spent: IconLock,
  left: IconLogout,
  locked: IconClockX,
};

function useWords(hold: Ended, turf: string): { readonly title: string; readonly what: ReactNode } {
  const { t } = useLingui();
  switch (hold) {
    case 'ended':
      return {
        title: t`${turf} is no longer on this phone`,
        what: (
          <Trans>It was taken back, or another phone has it now. So it was deleted here.</Trans>
        ),
      };
    case 'expired':
      return {
        title: t`Your time with ${turf} has ended`,
        what: (
          <Trans>
            A turf stays on a phone for the time of its shift only, so it was deleted here. Ask for
            a new code to go on.
          </Trans>
        ),
      };
    case 'revoked':
      return {
        title: t`This phone was signed out`,
        what: (
          <Trans>
            Your coordinator signed it out, so its turf was deleted here. Ask for a new code to go
            on.
          </Trans>
        ),
      };
    case 'lost':
      return {
        title: t`This phone was reported lost`,
        what: (
          <Trans>
            Its turf was deleted here. Is it back in your hands? Then tell your coordinator, and ask
            for a new code.
          </Trans>
        ),
      };
    case 'unheard':
      return {
        title: t`Too long without signal`,
        what: (
          <Trans>
            A phone may keep a list for a while only without hearing of the chapter, so {turf} was
            deleted here. It comes back by itself where there is signal, if it is still yours.
          </Trans>
        ),
      };
    case 'spent':
      return {
        title: t`The list is gone from this phone`,
        what: (
          <Trans>
            Ten wrong PINs were tried, so its key was destroyed. What you knocked is kept sealed and
            will be sent. Ask your coordinator for a new code to go on.
          </Trans>
        ),
      };
    case 'left':
      return {
        title: t`You have left this phone`,
        what: (
          <Trans>
            Its list was deleted here. What you knocked is kept sealed until it has been sent. Ask
            for a new code to go on.
          </Trans>
        ),
      };
    case 'locked':
      return {
        title: t`The clock of this phone went back`,
        what: (
          <Trans>
            It shows an earlier time than it has shown before, by more than ten minutes. Perhaps it
            was wrong and has been put right: the phone cannot tell, so your turf is here but
            locked. What you knocked is kept. Set the clock to automatic and go where there is
            signal: the chapter says how late it is, and your turf opens by itself.
          </Trans>
        ),
      };
  }
}

/** Whether what was knocked counts: of some of it somebody may have to say so first. */
function WhatCounts() {
  const ops = useOutbox();
  if (ops === null) return null;
  const isOpen = ops.some((op) => ['held', 'aside'].includes(placeOf(op)));
  return isOpen ? (
    <Trans>
      What you knocked counts, but for what is listed below: your chapter decides on it.
    </Trans>
  ) : (
    <Trans>What you knocked counts.</Trans>
  );
}

export interface EndedWalkProps {
  readonly hold: Ended;
  readonly turf: string | null;
}

/** Why there is no walk to show, what is still on this phone, and how to go on. */
export function EndedWalk({ hold, turf }: EndedWalkProps) {
  const { t } = useLingui();
  const { title, what } = useWords(hold, turf ?? t`Your turf`);
  const heading = usePage(title);
  const [busy, setBusy] = useState(false);
  // An undo of before has no door to go to, and its address is not for this screen.
  useFreshStart();
  const Icon = ICONS[hold];
  const ask = (): void => {
    setBusy(true);
    void syncNow().finally(() => setBusy(false));
  };
  return (
    <main className="ended stack">
      <Icon className="ended-mark" size={44} stroke={1.5} aria-hidden />
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      <p>
        {what} {COUNTS.includes(hold) && <WhatCounts />}
      </p>
      {!AGAIN.includes(hold) && hold !== 'lost' && <HalfWritten />}
      {AGAIN.includes(hold) && (
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
      )}
      <Leftover sayAll />
      {hold !== 'locked' && (
        <Link
          className={buttonClass({ variant: 'primary', size: 'large', wide: true })}
          href="/join"
        >
          <Trans>I have a code</Trans>
        </Link>
      )}
      <footer>
        <LocaleSwitch />
      </footer>
    </main>
  );
}
