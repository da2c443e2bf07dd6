import { createHash } from 'node:crypto';
import type { Envelope } from '#shared/model/operation.ts';
import type { PacketPetition } from '#shared/model/petition.ts';
import { wordsOf } from '../chapter/petitions.ts';
import type { LogTransaction } from '../store/log.ts';
import type { ReadOp } from './read-sealed.ts';

type Ask = LogTransaction['ask'];

const hashOf = (words: string): string => createHash('sha256').update(words).digest('hex');

function signedBy({ operation }: ReadOp): Envelope<'signature'> | null {
  return typeof operation !== 'string' && operation.type === 'signature' ? operation : null;
}

/** The hash of what is signed in each of its languages; under '' of what it was written in. */
export function hashesOf({
  wording,
  language,
  translations = [],
}: Pick<PacketPetition, 'wording' | 'language' | 'translations'>): ReadonlyMap<string, string> {
  const own = hashOf(wording);
  return new Map([
    ['', own],
    ...(language === undefined ? [] : [[language, own] as const]),
    ...translations.map((one) => [one.language, hashOf(one.wording)] as const),
  ]);
}

async function readHashes(ask: Ask, id: string): Promise<ReadonlyMap<string, string> | null> {
  const text = `select wording, language, translations from petitions
    where id = $1 and opened_at is not null`;
  const [row] = await ask<Parameters<typeof wordsOf>[0]>(text, [id]);
  return row === undefined ? null : hashesOf(wordsOf(row));
}

/**
 * The signatures under words that are not their petition's in the language that they name, or whose
 * hash is of other words: a person looks at them first. The words of a petition that was opened never change. One that the chapter
 * does not know, as after a restore, is no reason to doubt its signatures.
 */
export async function findOtherWords(
  ask: Ask,
  ops: readonly ReadOp[],
): Promise<ReadonlySet<ReadOp>> {
  const others = new Set<ReadOp>();
  const known = new Map<string, ReadonlyMap<string, string> | null>();
  for (const op of ops) {
    const signed = signedBy(op);
    // Who was erased has no words left.
    if (signed === null || signed.emptied === true) continue;
    const { petitionId, wording, wordingHash, language } = signed.payload;
    let words = known.get(petitionId);
    if (words === undefined) {
      words = await readHashes(ask, petitionId);
      known.set(petitionId, words);
    }
    if (words === null) continue;
    const hash = hashOf(wording);
    // Who does not say the language signed the petition's own words.
    if (wordingHash !== hash || words.get(language ?? '') !== hash) others.add(op);
  }
  return others;
}
