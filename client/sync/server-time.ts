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

/** What the guess goes on from. */
export type TimeNotes = Pick<OutboxHead, 'clockOffsetMs' | 'serverMs'> &
  Partial<Pick<OutboxHead, 'seenMs'>>;

/**
 * Makes the function that guesses the server's time: neither a clock set back nor one that stands
 * still stretches a phone's hold on its turf, however often the app is started anew.
 */
export function makeServerTime(clock: CoreClock): (notes: TimeNotes) => TimeGuess {
  let heard: number | null = null;
  /** A moment that has passed, and when that was known, by the clock that nobody can set. */
  let floor = { ms: 0, at: 0 };
  return ({ clockOffsetMs, serverMs, seenMs }) => {
    const at = clock.elapsed();
    if (serverMs !== null && serverMs !== heard) floor = { ms: serverMs, at };
    heard = serverMs;
    const byClock = clock.now() + (clockOffsetMs ?? 0);
    if (heard === null) return { now: byClock, setBack: false, known: false };
    const passed = floor.ms + at - floor.at;
    const least = Math.max(passed, seenMs ?? passed);
    // What another start of the app has seen goes on from here.
    if (least > passed) floor = { ms: least, at };
    return { now: Math.max(byClock, least), setBack: byClock < least - SET_BACK, known: true };
  };
}
