import { createHash } from 'node:crypto';
import type { Envelope } from '#shared/model/operation.ts';
import type { LogTransaction } from '../store/log.ts';
import type { ReadOp } from './read-sealed.ts';

type Ask = LogTransaction['ask'];

const hashOf = (words: string): string => createHash('sha256').update(words).digest('hex');

function signedBy({ operation }: ReadOp): Envelope<'signature'> | null {
  return typeof operation !== 'string' && operation.type === 'signature' ? operation : null;
}

/**
 * The signatures under words that are not their petition's, or whose hash is of other words: a person
 * looks at them first. The words of a petition that was opened never change. One that the chapter
 * does not know, as after a restore, is no reason to doubt its signatures.
 */
export async function findOtherWords(
  ask: Ask,
  ops: readonly ReadOp[],
): Promise<ReadonlySet<ReadOp>> {
  const others = new Set<ReadOp>();
  const known = new Map<string, string | null>();
  for (const op of ops) {
    const signed = signedBy(op);
    // Who was erased has no words left.
    if (signed === null || signed.emptied === true) continue;
    const { petitionId, wording, wordingHash } = signed.payload;
    let hash = known.get(petitionId);
    if (hash === undefined) {
      const text = 'select wording from petitions where id = $1 and opened_at is not null';
      const [row] = await ask<{ wording: string }>(text, [petitionId]);
      hash = row === undefined ? null : hashOf(row.wording);
      known.set(petitionId, hash);
    }
    if (hash === null) continue;
    if (wordingHash !== hash || hashOf(wording) !== hash) others.add(op);
  }
  return others;
}
