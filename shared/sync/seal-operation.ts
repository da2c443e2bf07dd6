import { canonicalJson } from '../kernel/canonical.ts';
import type { Operation } from '../model/operation.ts';

/** SHA-256 of a text's UTF-8 bytes as 64 hex digits: the phone's WebCrypto, Node's, or a test's. */
export type HashText = (text: string) => Promise<string>;

/**
 * An operation as it will travel, for ever: canonical bytes. Written once, before the phone's
 * transaction, and hashed; never again, so no resend can differ from the first.
 */
export function bodyOf(operation: Operation): string {
  return canonicalJson(operation);
}
