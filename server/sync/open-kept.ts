import { webcrypto } from 'node:crypto';
import { toBase64url } from '#shared/kernel/base64url.ts';
import type { KeptOp, SealedOp } from '#shared/sync/protocol.ts';
import { openSealed, type SealKey } from '#shared/sync/seal-to-chapter.ts';
import type { ChapterDb } from '../store/chapter-db.ts';

interface Keys {
  readonly chapterKey: string;
  readonly privateKey: SealKey;
}
type KeyDb = Pick<ChapterDb, 'read'>;

/** A chapter's keys never change; each is read and unpacked once a handle. */
const keysOf = new WeakMap<KeyDb, Promise<Keys>>();

async function readKeys(db: KeyDb): Promise<Keys> {
  const row = await db.read
    .selectFrom('chapter')
    .select(['seal_private', 'seal_public'])
    .executeTakeFirstOrThrow();
  if (row.seal_private === null || row.seal_public === null) {
    throw new Error('The chapter has no key to open what phones kept.');
  }
  const curve = { name: 'ECDH', namedCurve: 'P-256' } as const;
  const pkcs8 = new Uint8Array(row.seal_private);
  const privateKey = await webcrypto.subtle.importKey('pkcs8', pkcs8, curve, false, ['deriveBits']);
  return { chapterKey: toBase64url(new Uint8Array(row.seal_public)), privateKey };
}

/**
 * The operations behind what a phone kept sealed after they were acknowledged (P9), and behind those
 * of a rescue file. One that does not open comes back with its sealed text as body, so that it is
 * held whole like everything that cannot be read.
 */
export async function openKept(db: KeyDb, kept: readonly KeptOp[]): Promise<SealedOp[]> {
  if (kept.length === 0) return [];
  const known = keysOf.get(db) ?? readKeys(db);
  keysOf.set(db, known);
  known.catch(() => keysOf.delete(db));
  const { chapterKey, privateKey } = await known;
  const ops: SealedOp[] = [];
  for (const { opId, sha256, sealed } of kept) {
    const plain = await openSealed(webcrypto.subtle, chapterKey, privateKey, sealed);
    const body = plain === null ? sealed : Buffer.from(plain).toString();
    ops.push({ opId, sha256, body });
  }
  return ops;
}
