import { createHmac, type KeyObject } from 'node:crypto';

/** Somebody as they are marked: by an id, or by a name at an address. */
export type Marked =
  | { readonly sourceId: string }
  | { readonly personId: string }
  | {
      readonly name: { readonly firstName: string; readonly lastName: string };
      /** The keys of building and unit, which are the same for all spellings. */
      readonly address: { readonly addressKey: string; readonly unitKey: string };
    };

const MARK_BYTES = 32;

/** Letters and digits alone, without accents or case. */
function plainName(text: string): string {
  const upper = text.toUpperCase();
  // Most names are ASCII, and normalize costs ten times what this test does.
  if (!/[^\0-\x7f]/.test(upper)) return upper.replace(/[^A-Z0-9]+/g, '');
  return upper.normalize('NFKD').replace(/[^\p{L}\p{N}]+/gu, '');
}

/** What is hashed; null for a name without a letter, which would mark a whole household. */
function textOf(who: Marked): string | null {
  if ('sourceId' in who) return `voter\n${who.sourceId}`;
  if ('personId' in who) return `person\n${who.personId}`;
  const [first, last] = [plainName(who.name.firstName), plainName(who.name.lastName)];
  if (first === '' && last === '') return null;
  return `name\n${first}\n${last}\n${who.address.addressKey}#${who.address.unitKey}`;
}

/**
 * A keyed hash of somebody: HMAC-SHA-256 with the chapter's suppress_key. It tells whether a record
 * is the same person's and nothing else: without the key it cannot be tried out on a list of names.
 * Null where there is nothing to mark.
 */
export function suppressionMark(key: Uint8Array, who: Marked): Uint8Array | null {
  const text = textOf(who);
  if (text === null) return null;
  return new Uint8Array(createHmac('sha256', key).update(text).digest());
}

/** The same as the member of a set, for many: with a key that is read once. See markName. */
export function markNameOf(key: KeyObject, who: Marked): string | null {
  const text = textOf(who);
  return text === null ? null : createHmac('sha256', key).update(text).digest('binary');
}

/** Marks as the members of a set: bytes are not equal to equal bytes. */
export function markName(mark: Uint8Array): string {
  if (mark.length !== MARK_BYTES) throw new Error('A mark has 32 bytes.');
  return Buffer.from(mark).toString('latin1');
}
