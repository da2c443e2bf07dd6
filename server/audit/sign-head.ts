import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { ChapterId } from '#shared/kernel/ids.ts';
import type { ChainHead } from '#shared/privacy/audit-chain.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { Tables } from '../store/tables.ts';

/** A head of the chain as the chapter signed it. */
export interface SignedHead extends ChainHead {
  readonly at: number;
  readonly signature: Uint8Array;
}

/** What is signed: a head of one chapter at one moment, and nothing else could be meant by it. */
function sayHead(chapter: string, { seq, hash, at }: Omit<SignedHead, 'signature'>): Buffer {
  return Buffer.from(`homeground audit head\n${chapter}\n${seq}\n${hash}\n${at}`);
}

/** True when the chapter's key has signed this head. Never throws. */
export function isSigned(chapter: string, publicKey: Uint8Array, head: SignedHead): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
    return verify(null, sayHead(chapter, head), key, head.signature);
  } catch {
    return false;
  }
}

/** The chapter's public key as it is compared by eye: the first 32 hex digits of its SHA-256. */
export const fingerprintOf = (publicKey: Uint8Array): string =>
  createHash('sha256').update(publicKey).digest('hex').slice(0, 32);

/** The newest entry of the chain; null while there is none. */
export async function readHead(db: Kysely<Tables>): Promise<ChainHead | null> {
  const row = await db
    .selectFrom('audit')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : { seq: row.seq, hash: Buffer.from(row.hash).toString('hex') };
}

/** The head that was signed last; null before the first. */
export async function readSignedHead(db: Kysely<Tables>): Promise<SignedHead | null> {
  const row = await db
    .selectFrom('audit_heads')
    .selectAll()
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { seq, at, hash, signature } = row;
  return { seq, at, hash: Buffer.from(hash).toString('hex'), signature };
}

/**
 * Signs the head of the chain where it has moved since it was signed last (Ed25519, RFC 8032), and
 * gives the newest signed head; null while the chain is empty.
 */
export async function signHead(
  db: Pick<ChapterDb, 'id' | 'read' | 'write'>,
  now: number,
): Promise<SignedHead | null> {
  const [head, signed] = [await readHead(db.read), await readSignedHead(db.read)];
  if (head === null || (signed !== null && signed.seq >= head.seq)) return signed;
  const id: ChapterId = db.id;
  return db.write(async (trx) => {
    const newest = await readHead(trx);
    const before = await readSignedHead(trx);
    const { audit_private: key } = await trx
      .selectFrom('chapter')
      .select('audit_private')
      .executeTakeFirstOrThrow();
    if (newest === null || key === null) return before;
    if (before !== null && before.seq >= newest.seq) return before;
    const said = { ...newest, at: now };
    const privateKey = createPrivateKey({ key: Buffer.from(key), format: 'der', type: 'pkcs8' });
    const signature = new Uint8Array(sign(null, sayHead(id, said), privateKey));
    await trx
      .insertInto('audit_heads')
      .values({ seq: said.seq, at: now, hash: Buffer.from(said.hash, 'hex'), signature })
      .execute();
    return { ...said, signature };
  });
}
