import type { EndedWhy, OutboxHead } from '../store/outbox-store.ts';
import type { Hold } from '../store/packet-store.ts';
import type { TimeGuess } from './server-time.ts';

/** `locked`: the phone's clock was set back; the walk opens again at the next contact (P11). */
export type HoldState = 'ok' | 'locked' | EndedWhy;

/** How this phone stands with what it holds, or why it holds nothing any more. */
export function holdStateOf(
  head: Pick<OutboxHead, 'ended' | 'waiting'> | null,
  hold: Hold | null,
  guess: TimeGuess,
): HoldState {
  if (hold === null) return head?.ended?.why ?? 'ok';
  const over = head?.waiting?.turfId === hold.turfId ? head.waiting.why : 'ok';
  if (!guess.known) return over;
  if (hold.until !== null && guess.now > hold.until) return 'expired';
  return guess.setBack ? 'locked' : over;
}

/** The turf has ended and lies here until the conversation that is open has been finished. */
export function isFinishing(
  head: Pick<OutboxHead, 'waiting'> | null,
  hold: Hold | null,
  state: HoldState,
): boolean {
  const waiting = head?.waiting ?? null;
  return waiting !== null && waiting.turfId === hold?.turfId && waiting.why === state;
}
