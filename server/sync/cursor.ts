import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ChapterId, TurfId } from '#shared/kernel/ids.ts';

/** How far into one chapter's log a phone has read, for which turfs. */
export interface Cursor {
  readonly chapterId: ChapterId;
  readonly incarnation: string;
  readonly turfIds: readonly TurfId[];
  readonly seq: number;
}

const VERSION = 1;
const MAC_BYTES = 16;

function sign(secret: Uint8Array, text: string): Buffer {
  return createHmac('sha256', secret).update(`cursor:${text}`).digest().subarray(0, MAC_BYTES);
}

/** A cursor as a phone keeps it: opaque, and signed, so that it cannot be made up. */
export function writeCursor(cursor: Cursor, secret: Uint8Array): string {
  const { chapterId, incarnation, turfIds, seq } = cursor;
  const fields = [VERSION, chapterId, incarnation, seq, ...turfIds];
  const text = Buffer.from(JSON.stringify(fields)).toString('base64url');
  return `${text}.${sign(secret, text).toString('base64url')}`;
}

/** The cursor behind a text that this chapter signed; null for every other text. */
export function readCursor(text: string, secret: Uint8Array): Cursor | null {
  const [fields, mac, rest] = text.split('.');
  if (fields === undefined || mac === undefined || rest !== undefined) return null;
  const given = Buffer.from(mac, 'base64url');
  const own = sign(secret, fields);
  if (given.length !== own.length || !timingSafeEqual(given, own)) return null;
  const [version, chapterId, incarnation, seq, ...turfIds] = JSON.parse(
    Buffer.from(fields, 'base64url').toString(),
  ) as [number, ChapterId, string, number, ...TurfId[]];
  return version === VERSION ? { chapterId, incarnation, turfIds, seq } : null;
}
