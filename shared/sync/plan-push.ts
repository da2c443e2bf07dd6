import { MAX_OPS_PER_PUSH, MAX_PUSH_BYTES } from './limits.ts';
import type { SealedOp } from './protocol.ts';
import { utf8Bytes } from './utf8-bytes.ts';

/** An operation that no server has acknowledged yet, as the outbox holds it. */
export interface PendingOp extends SealedOp {
  readonly localSeq: number;
  /** A do-not-contact: sent before everything else. */
  readonly urgent: boolean;
}

/**
 * The next batch out of everything unsent: do-not-contact first, then in the order of the phone,
 * and last what was refused alone before (`troubled`), so that one bad operation delays nobody; of
 * several the one whose last try is longest ago (the order of the set), so that none delays another.
 * At most `most` operations and 256 KiB of bodies, but always at least one while any is left.
 */
export function planPush<T extends PendingOp>(
  pending: readonly T[],
  most: number = MAX_OPS_PER_PUSH,
  troubled: ReadonlySet<string> = new Set(),
): readonly T[] {
  const places = new Map([...troubled].map((opId, place) => [opId, 2 + place]));
  const rank = (op: T): number => places.get(op.opId) ?? (op.urgent ? 0 : 1);
  const order = [...pending].sort((a, b) => rank(a) - rank(b) || a.localSeq - b.localSeq);
  const limit = Math.max(1, Math.min(most, MAX_OPS_PER_PUSH));
  const batch: T[] = [];
  let bytes = 0;
  for (const op of order) {
    bytes += utf8Bytes(op.body);
    if (batch.length === limit || (batch.length > 0 && bytes > MAX_PUSH_BYTES)) break;
    batch.push(op);
  }
  return batch;
}
