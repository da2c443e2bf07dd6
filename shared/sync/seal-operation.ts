import { canonicalJson } from '../kernel/canonical.ts';
import type { Operation } from '../model/operation.ts';
import type { SealedOp } from './protocol.ts';

/** SHA-256 of a text's UTF-8 bytes as 64 hex digits: the phone's WebCrypto, Node's, or a test's. */
export type HashText = (text: string) => Promise<string>;

/**
 * An operation as it will travel, for ever: canonical bytes and their hash. Done once, before the
 * phone's transaction; the body is never written again, so no resend can differ from the first.
 */
export async function sealOperation(operation: Operation, hash: HashText): Promise<SealedOp> {
  const body = canonicalJson(operation);
  return { opId: operation.opId, sha256: await hash(body), body };
}
