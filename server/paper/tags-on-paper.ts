import type { PaperTag } from '#shared/model/paper.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { optionLetter } from './option-letter.ts';

/**
 * The chapter's tags with the letters that stand for them on paper, in the order in which they were
 * made: a sheet that was printed before a tag came or went still means the same.
 */
export async function readTagsOnPaper({ read }: Pick<ChapterDb, 'read'>): Promise<PaperTag[]> {
  const rows = await read
    .selectFrom('tags')
    .select(['id', 'name', 'retired_at'])
    .orderBy('made_at')
    .orderBy('id')
    .execute();
  return rows.map(({ id, name, retired_at: retired }, n) => ({
    id,
    name,
    letter: optionLetter(n),
    retired: retired !== null,
  }));
}
