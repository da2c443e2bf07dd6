import type { RandomBytes } from '#shared/kernel/random.ts';
import { renewIncarnation } from '../chapter/renew-incarnation.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { readCursor } from './cursor.ts';

/**
 * Looks at a cursor that was refused. One that this chapter itself signed, under the incarnation of
 * today, for a moment that its log has not reached, proves that the log once was longer: somebody
 * put an older copy of the database in its place. Then the chapter gets a new incarnation, once, and
 * every phone sends again what it still has (P9). No phone can make such a cursor up, since it
 * cannot sign; the same one again proves nothing more, since the incarnation is another by then.
 * True when that was done.
 */
export async function noticeAhead(
  db: Pick<ChapterDb, 'id' | 'read' | 'write'>,
  text: string,
  means: { readonly clock: () => number; readonly random: RandomBytes },
): Promise<boolean> {
  const chapter = await db.read
    .selectFrom('chapter')
    .innerJoin('clock', (join) => join.onTrue())
    .select(['chapter.incarnation', 'chapter.secret', 'clock.seq'])
    .executeTakeFirstOrThrow();
  const cursor = readCursor(text, chapter.secret);
  if (cursor === null || cursor.chapterId !== db.id) return false;
  if (cursor.incarnation !== chapter.incarnation || cursor.seq <= chapter.seq) return false;
  return renewIncarnation(db, chapter.incarnation, means);
}
