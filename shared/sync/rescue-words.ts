import { canonicalJson } from '../kernel/canonical.ts';
import type { RescueFile } from './protocol.ts';

/**
 * What a phone signs of its rescue file. The second version names each fact by its hash, so that
 * whoever carries it may seal it.
 */
export function rescueWords(
  said: Omit<RescueFile, 'signature' | 'ops'> & {
    readonly ops: readonly { readonly opId: string; readonly sha256: string }[];
  },
): string {
  if (said.v === 1) return canonicalJson(said);
  return canonicalJson({ ...said, ops: said.ops.map(({ opId, sha256 }) => ({ opId, sha256 })) });
}
