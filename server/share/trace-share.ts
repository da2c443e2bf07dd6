import type { ShareTrace } from '#shared/model/share.ts';
import { findMarks, isMarkOf } from '#shared/privacy/share-mark.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { listShares } from './list-shares.ts';
import { keyedBy } from './share-key.ts';

/** So many marks are enough to know a file by. */
const MOST_MARKS = 20_000;

/**
 * Tells in which share the rows of a text were given, from any of them: each mark is one that only
 * one share's key has made. Rows whose marks were cut out tell nothing.
 */
export async function traceShare(db: Pick<ChapterDb, 'read'>, text: string): Promise<ShareTrace> {
  const marks = findMarks(text).slice(0, MOST_MARKS);
  const keys = await db.read.selectFrom('shares').select(['id', 'mark']).execute();
  const shares = await listShares(db.read);
  const left = new Set(marks);
  const found: { share: ShareTrace['found'][number]['share']; rows: number }[] = [];
  for (const { id, mark: key } of keys) {
    const keyed = keyedBy(key);
    const own = [...left].filter((mark) => isMarkOf(mark, keyed));
    for (const mark of own) left.delete(mark);
    const share = shares.find((one) => one.id === id);
    if (own.length > 0 && share !== undefined) found.push({ share, rows: own.length });
  }
  return { marks: marks.length, found: found.sort((a, b) => b.rows - a.rows) };
}
