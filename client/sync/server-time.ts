import type { OutboxHead } from '../store/outbox-store.ts';
import type { CoreClock } from './ports.ts';

/** A clock set back by more than this locks the walk until the next contact (P11), in ms. */
const SET_BACK = 10 * 60_000;

/** What the phone can say of the server's time without asking. */
export interface TimeGuess {
  /** In the server's ms; the later of what the phone's clock says and what must have passed. */
  readonly now: number;
  /** Somebody has set the phone's clock back since the last contact. */
  readonly setBack: boolean;
  /** False before the first contact: then nothing can be said. */
  readonly known: boolean;
}

/**
 * Makes the function that guesses the server's time: neither a clock set back nor one that stands
 * still stretches a phone's hold on its turf.
 */
export function makeServerTime(
  clock: CoreClock,
): (head: Pick<OutboxHead, 'clockOffsetMs' | 'serverMs'>) => TimeGuess {
  let heard: number | null = null;
  let heardAt = 0;
  return ({ clockOffsetMs, serverMs }) => {
    if (serverMs !== heard) {
      heard = serverMs;
      heardAt = clock.elapsed();
    }
    const byClock = clock.now() + (clockOffsetMs ?? 0);
    if (heard === null) return { now: byClock, setBack: false, known: false };
    const least = heard + clock.elapsed() - heardAt;
    return { now: Math.max(byClock, least), setBack: byClock < least - SET_BACK, known: true };
  };
}
