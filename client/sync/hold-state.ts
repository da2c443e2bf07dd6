import type { EndedWhy, OutboxHead } from '../store/outbox-store.ts';
import type { Hold } from '../store/packet-store.ts';
import type { TimeGuess } from './server-time.ts';

/** `locked`: the phone's clock was set back; the walk opens again at the next contact (P11). */
export type HoldState = 'ok' | 'locked' | EndedWhy;

/** How this phone stands with what it holds, or why it holds nothing any more. */
export function holdStateOf(
  head: Pick<OutboxHead, 'ended'> | null,
  hold: Hold | null,
  guess: TimeGuess,
): HoldState {
  if (hold === null) return head?.ended?.why ?? 'ok';
  if (!guess.known) return 'ok';
  if (hold.until !== null && guess.now > hold.until) return 'expired';
  return guess.setBack ? 'locked' : 'ok';
}
