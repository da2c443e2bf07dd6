import type { Phone } from '#shared/sync/phones.ts';

/**
 * How worried to be about a phone: `late` has had unsent work for a day, `slow` for an hour,
 * `fresh` for less; `lost` lost answers for good; `missing` says that it has sent all, and not all
 * of it is here; `fine` has none; `ended` was revoked and has nothing left to send, as far as is
 * known.
 */
export type Worry = 'late' | 'slow' | 'fresh' | 'lost' | 'missing' | 'fine' | 'ended';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ORDER: readonly Worry[] = ['late', 'slow', 'fresh', 'lost', 'missing', 'fine', 'ended'];

/** How many facts a phone has made, holds for sent, and the chapter does not have. */
export function missingOf({ unsent, maxLocalSeq, received }: Phone): number {
  return unsent === 0 ? Math.max(0, (maxLocalSeq ?? 0) - received) : 0;
}

/** How a phone stands at this moment (ms since 1970). */
export function worryOf(phone: Phone, now: number): Worry {
  if (phone.unsent !== null && phone.unsent > 0) {
    const wait = now - (phone.unsentSince ?? phone.lastSeenAt ?? now);
    return wait >= DAY ? 'late' : wait >= HOUR ? 'slow' : 'fresh';
  }
  if (phone.lost !== null) return 'lost';
  if (missingOf(phone) > 0) return 'missing';
  return phone.standing === 'ok' ? 'fine' : 'ended';
}

/** Those with unsent work first, the longest waiting on top; then by when they were last heard. */
export function sortPhones(phones: readonly Phone[], now: number): readonly Phone[] {
  const rank = (phone: Phone): number => ORDER.indexOf(worryOf(phone, now));
  const since = (phone: Phone): number => phone.unsentSince ?? Infinity;
  return [...phones].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      (since(a) === since(b) ? 0 : since(a) - since(b)) ||
      (b.lastSeenAt ?? b.joinedAt) - (a.lastSeenAt ?? a.joinedAt),
  );
}

/** The phones that say that they have work which the chapter does not have yet. */
export function phonesWithWork(phones: readonly Phone[]): readonly Phone[] {
  return phones.filter(({ unsent }) => unsent !== null && unsent > 0);
}

/** How long the longest of these phones has waited with its work, in ms. */
export function longestWait(phones: readonly Phone[], now: number): number {
  return now - Math.min(...phones.map(({ unsentSince }) => unsentSince ?? now));
}
