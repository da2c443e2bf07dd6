import type { ChapterDb } from './chapter-db.ts';
import { fixedQuery } from './fixed-query.ts';

const selectSecret = fixedQuery((db) => db.selectFrom('chapter').select('secret'));

/** What a chapter signs cursors, challenges and read tokens with; nobody outside ever sees it. */
export async function readSecret(db: ChapterDb['read']): Promise<Uint8Array> {
  const [row] = await selectSecret(db, {});
  if (row === undefined) throw new Error('The chapter was never stamped.');
  return row.secret;
}
