import type { EndedWhy, OutboxHead } from '../store/outbox-store.ts';
import type { GuardKind } from '../lock/lock-disk.ts';
import type { Hold } from '../store/packet-store.ts';
import type { TimeGuess } from './server-time.ts';

/** `locked`: the phone's clock was set back; the walk opens again at the next contact (P11). */
export type HoldState = 'ok' | 'locked' | EndedWhy;

const HOUR = 3_600_000;

/**
 * How long a phone may hold its turf without hearing of the chapter, in ms, by what guards it; null
 * where nothing lasts beyond this start of the app anyway, and before the person has chosen.
 */
export function offlineWindow(guard: GuardKind | null): number | null {
  if (guard === 'passkey') return 14 * 24 * HOUR;
  return guard === 'pin' ? 72 * HOUR : null;
}

/** True when the window has passed since the server was last heard. */
export function isUnheard(
  head: Partial<Pick<OutboxHead, 'serverMs'>> | null,
  guess: TimeGuess,
  windowMs: number | null,
): boolean {
  const heard = head?.serverMs ?? null;
  return windowMs !== null && heard !== null && guess.now > heard + windowMs;
}

/** How this phone stands with what it holds, or why it holds nothing any more. */
export function holdStateOf(
  head: (Pick<OutboxHead, 'ended' | 'waiting'> & Partial<Pick<OutboxHead, 'serverMs'>>) | null,
  hold: Hold | null,
  guess: TimeGuess,
  windowMs: number | null = null,
): HoldState {
  if (hold === null) return head?.ended?.why ?? 'ok';
  const over = head?.waiting?.turfId === hold.turfId ? head.waiting.why : 'ok';
  if (!guess.known) return over;
  if (hold.until !== null && guess.now > hold.until) return 'expired';
  if (isUnheard(head, guess, windowMs)) return 'unheard';
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
