import type { HeldDecision, HeldReason } from '#shared/sync/held-reasons.ts';
import type { OutboxOp } from '../store/outbox-store.ts';

/** Where one fact is. A fact `on-phone` is nowhere else, as far as anybody has told this phone. */
export type OpReceipt =
  | { readonly at: 'on-phone'; readonly again: boolean }
  | { readonly at: 'received'; readonly late: boolean }
  | { readonly at: 'held'; readonly reason: HeldReason; readonly decision: HeldDecision | null };

/** What the phone may say of a fact: the server's word, and nothing before it has come. */
export function receiptOf({ state, result }: Pick<OutboxOp, 'state' | 'result'>): OpReceipt {
  if (state === 'unsent' || state === 'again' || result === null) {
    return { at: 'on-phone', again: state === 'again' };
  }
  if (result.status === 'held') {
    return { at: 'held', reason: result.reason, decision: result.decided ?? null };
  }
  return { at: 'received', late: result.late === true };
}
