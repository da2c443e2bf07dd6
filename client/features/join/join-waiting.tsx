import { useCallback, useEffect, useRef, useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconHourglass, IconRefresh } from '@tabler/icons-react';
import { writingLocale } from '#shared/kernel/writing-locale.ts';
import { askWaiting, giveUpWaiting } from '../../sync/phone.ts';
import { Button } from '../../ui/button.tsx';

/** Gently: often while the person has just come, seldom once they have waited for long. */
const OFTEN_MS = 5_000;
const SELDOM_MS = 20_000;
const OFTEN_TIMES = 24;

const UNTIL = { weekday: 'long', hour: 'numeric', minute: '2-digit' } as const;

/** What became of waiting; `late`: nobody decided in time. */
export type Settled = 'let-in' | 'refused' | 'late' | 'given-up';

export interface JoinWaitingProps {
  readonly chapterName: string;
  /** When the chapter may decide no longer, in ms since 1970. */
  readonly until: number;
  readonly onSettled: (how: Settled) => void;
}

/** Behind a remote invite: the phone asks until a coordinator has decided, or the person gives up. */
export function JoinWaiting({ chapterName, until, onSettled }: JoinWaitingProps) {
  const { i18n } = useLingui();
  const latest = new Intl.DateTimeFormat(writingLocale(i18n.locale), UNTIL).format(until);
  const heading = useRef<HTMLHeadingElement>(null);
  const [away, setAway] = useState(false);
  const [busy, setBusy] = useState(false);
  const asked = useRef(0);
  useEffect(() => heading.current?.focus(), []);

  const ask = useCallback(async (): Promise<void> => {
    const answer = await askWaiting();
    setAway(!answer.ok);
    if (!answer.ok || answer.value === 'waiting') return;
    onSettled(answer.value === 'none' ? 'given-up' : answer.value);
  }, [onSettled]);

  useEffect(() => {
    let timer: number | undefined;
    let over = false;
    const next = (): void => {
      if (over) return;
      asked.current += 1;
      const pause = asked.current < OFTEN_TIMES ? OFTEN_MS : SELDOM_MS;
      timer = window.setTimeout(() => void turn(), pause);
    };
    const turn = async (): Promise<void> => {
      // Nobody looks: nobody asks. Whoever looks again asks at once.
      if (!document.hidden) await ask();
      next();
    };
    const look = (): void => {
      if (!document.hidden) void ask();
    };
    void turn();
    document.addEventListener('visibilitychange', look);
    return () => {
      over = true;
      window.clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [ask]);

  const giveUp = async (): Promise<void> => {
    setBusy(true);
    await giveUpWaiting().catch(() => {});
    onSettled('given-up');
  };
  return (
    <div className="stack">
      <IconHourglass className="join-mark" size={44} stroke={1.5} aria-hidden />
      <h2 ref={heading} tabIndex={-1}>
        <Trans>Waiting for a coordinator to let you in</Trans>
      </h2>
      <p>
        <Trans>
          {chapterName} has been asked. This page goes on by itself; you can close it and come back.
          Nothing of the chapter is on this phone yet.
        </Trans>
      </p>
      <p>
        <Trans>Until {latest} they can let you in.</Trans>
      </p>
      <p className="quiet" role="status">
        {away ? <Trans>No answer right now: trying again.</Trans> : <Trans>Asked just now.</Trans>}
      </p>
      <Button
        icon={<IconRefresh size={20} aria-hidden />}
        wide
        busy={busy}
        onClick={() => void ask()}
      >
        <Trans>Ask now</Trans>
      </Button>
      <Button variant="quiet" wide busy={busy} onClick={() => void giveUp()}>
        <Trans>Do not wait any more</Trans>
      </Button>
    </div>
  );
}
