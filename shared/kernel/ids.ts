import type { RandomBytes } from './random.ts';

/** A string id that cannot be mistaken for one of another kind. */
export type Id<Kind extends string> = string & { readonly __kind: Kind };

export type ChapterId = Id<'chapter'>;
export type CampaignId = Id<'campaign'>;
export type MemberId = Id<'member'>;
export type DeviceId = Id<'device'>;
export type BuildingId = Id<'building'>;
export type DoorId = Id<'door'>;
export type PersonId = Id<'person'>;
export type UniverseId = Id<'universe'>;
export type TurfId = Id<'turf'>;
export type ScriptId = Id<'script'>;
export type ScriptVersionId = Id<'script-version'>;
export type QuestionId = Id<'question'>;
export type AnswerId = Id<'answer'>;
export type OpId = Id<'op'>;
export type ImportId = Id<'import'>;
export type ExportId = Id<'export'>;
export type TagId = Id<'tag'>;
export type PetitionId = Id<'petition'>;
export type ShiftId = Id<'shift'>;

const HEX = Array.from({ length: 16 }, (_, digit) => digit.toString(16).charCodeAt(0));
const DASH = '-'.charCodeAt(0);

/** The 36 letters of a UUID for its 16 bytes. */
export function formatUuid(bytes: Uint8Array): string {
  const codes: number[] = [];
  for (let i = 0; i < 16; i++) {
    if (i === 4 || i === 6 || i === 8 || i === 10) codes.push(DASH);
    const byte = bytes[i] ?? 0;
    codes.push(HEX[byte >> 4] ?? 0, HEX[byte & 15] ?? 0);
  }
  // One string at once: letter by letter it would stay a chain of pieces, slow to sort and to bind.
  return String.fromCharCode(...codes);
}

/** The text of a UUID for its 32 digits in lower case. */
export function uuidOfDigits(digits: string): string {
  // Joined it is one string, as above.
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    digits.slice(12, 16),
    digits.slice(16, 20),
    digits.slice(20),
  ].join('-');
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** True for the lower-case text of a UUID of any version. */
export function isUuid(text: unknown): text is string {
  return typeof text === 'string' && UUID.test(text);
}

/** The 16 bytes of a UUID's text; the text must satisfy isUuid. */
export function parseUuid(text: string): Uint8Array {
  const hex = text.replaceAll('-', '');
  return Uint8Array.from({ length: 16 }, (_, i) => parseInt(hex.slice(2 * i, 2 * i + 2), 16));
}

/**
 * A new id, made where the thing is made. Method: UUIDv7 of RFC 9562. Its time part is never
 * used for order or security. `now` is in milliseconds since 1970.
 */
export function makeId<K extends Id<string>>(now: number, random: RandomBytes): K {
  const bytes = random(16).slice();
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) % 256;
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return formatUuid(bytes) as K;
}

/**
 * The id of something that is named by its content, such as a door by its address, so that a
 * second import, or one after a restore, gives the same id. Method: UUIDv8 of RFC 9562 over the
 * first 16 bytes of a digest, at least 16 bytes long.
 */
export function idFromDigest<K extends Id<string>>(digest: Uint8Array): K {
  const bytes = digest.slice(0, 16);
  bytes[6] = 0x80 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return formatUuid(bytes) as K;
}
