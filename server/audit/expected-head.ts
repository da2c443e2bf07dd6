import type { ChapterDb } from '../store/chapter-db.ts';
import type { NotedHead, Registry } from '../store/registry.ts';

/** What the chain must hold, by what was noted outside the database. */
export interface ExpectedHead {
  /** Null: nothing was noted yet. */
  readonly head: NotedHead | null;
  /** The chain holds it. */
  readonly held: boolean;
}

async function holds(
  db: Pick<ChapterDb, 'read'>,
  noted: Pick<NotedHead, 'seq' | 'hash'>,
): Promise<boolean> {
  const row = await db.read
    .selectFrom('audit')
    .select('hash')
    .where('seq', '=', noted.seq)
    .executeTakeFirst();
  return row !== undefined && Buffer.from(row.hash).toString('hex') === noted.hash;
}

/**
 * The head that the chain of a chapter must hold: what was noted last, or what a restore has put in
 * place and was killed before it could note it.
 */
export async function expectedHead(
  db: Pick<ChapterDb, 'id' | 'read'>,
  registry: Pick<Registry, 'notedHead' | 'awaitedHead'>,
): Promise<ExpectedHead> {
  const noted = await registry.notedHead(db.id);
  if (noted === null || (await holds(db, noted))) return { head: noted, held: true };
  const awaited = await registry.awaitedHead(db.id);
  if (awaited !== null && (await holds(db, awaited))) return { head: awaited, held: true };
  return { head: noted, held: false };
}
