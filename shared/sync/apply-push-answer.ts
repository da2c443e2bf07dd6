import type { OpResult, PushAnswer, SealedOp } from './protocol.ts';

/**
 * The results that settle operations of this batch. An operation that the answer does not name
 * stays unsent, and a result for an operation that was not in the batch settles nothing.
 */
export function applyPushAnswer(
  batch: readonly SealedOp[],
  answer: PushAnswer,
): readonly OpResult[] {
  const sent = new Set(batch.map((op) => op.opId));
  return answer.results.filter((result) => sent.delete(result.opId));
}
