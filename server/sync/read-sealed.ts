import { hash } from 'node:crypto';
import type { Operation } from '#shared/model/operation.ts';
import type { SealedOp } from '#shared/sync/protocol.ts';
import { checkOperation } from './check-operation.ts';

/** An operation as it came, looked at in full before anybody waits for the chapter's lock. */
export interface ReadOp {
  readonly sealed: SealedOp;
  /** The hash of the body as it came, in hex; the name under which it is held if it is not applied. */
  readonly heldAs: string;
  /** Its id as a database can keep it: what is corrupt may say anything. */
  readonly heldId: string;
  readonly operation: Operation | 'corrupt' | 'future';
  /** Where it stood in its phone's outbox, as far as that can be read. */
  readonly place: { readonly dbEpoch: string; readonly localSeq: number } | null;
}

function placeOf(body: string): ReadOp['place'] {
  try {
    const value = JSON.parse(body) as { dbEpoch?: unknown; localSeq?: unknown } | null;
    const { dbEpoch, localSeq } = value ?? {};
    if (typeof dbEpoch !== 'string' || dbEpoch === '' || dbEpoch.length > 64) return null;
    return Number.isSafeInteger(localSeq) && (localSeq as number) > 0
      ? { dbEpoch, localSeq: localSeq as number }
      : null;
  } catch {
    return null;
  }
}

/** A text as any database can keep it. */
const keepable = (text: string): string => Buffer.from(text).toString().replaceAll('\0', '\uFFFD');

/** Reads, checks and hashes one operation of a push. Never throws. */
export function readSealed(sealed: SealedOp): ReadOp {
  const { opId, body } = sealed;
  const hex = hash('sha256', body);
  const right = hex === sealed.sha256;
  const read = checkOperation(body);
  const fits = right && (typeof read === 'string' || read.opId === opId);
  const operation = fits ? read : 'corrupt';
  return {
    sealed,
    // What came with a hash that is not its own is kept apart from the same bytes with the right one.
    heldAs: right ? hex : hash('sha256', `${sealed.sha256}\n${body}`),
    heldId: typeof operation === 'string' ? keepable(opId) : opId,
    operation,
    place: typeof operation === 'string' ? placeOf(body) : operation,
  };
}
