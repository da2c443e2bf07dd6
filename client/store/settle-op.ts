import type { OpResult } from '#shared/sync/protocol.ts';
import type { OutboxOp, OutboxState } from './outbox-store.ts';

/** The states of what a server has answered for. */
export const SETTLED: readonly OutboxState[] = ['acked', 'kept', 'held'];

/** True while this phone has a copy of it to read, once it is unlocked. */
export function hasCopy(op: Pick<OutboxOp, 'body' | 'sealed' | 'copy'>): boolean {
  return op.sealed === undefined || op.copy !== undefined || op.body !== '';
}

/** What is left of an operation that this phone need not read any more. */
export function dropCopy(op: OutboxOp, sealed: string): OutboxOp {
  const { copy: _copy, ...rest } = op;
  const state = op.state === 'acked' ? 'kept' : op.state;
  return { ...rest, state, body: '', sealed: op.sealed ?? sealed };
}

/**
 * The operation after this result, or null when the result changes nothing: the first one stays,
 * but that something held may since have been decided, or applied after all.
 */
export function settleOp(op: OutboxOp, result: OpResult, serverMs: number): OutboxOp | null {
  const received = hasCopy(op) ? 'acked' : 'kept';
  const state = result.status === 'held' ? 'held' : received;
  if (op.state === 'unsent' || op.state === 'again') {
    return { ...op, state, result, settledAt: serverMs };
  }
  if (op.state !== 'held') return null;
  if (result.status === 'held' && op.result?.status === 'held') {
    return result.decided === op.result.decided ? null : { ...op, result };
  }
  return { ...op, state, result };
}

/** True while a person of the chapter has yet to look at it. */
export function isWaiting(op: OutboxOp): boolean {
  return op.state === 'held' && op.result?.status === 'held' && op.result.decided === undefined;
}
