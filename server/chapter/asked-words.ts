import type { AskedWords, SaveAskedWords } from '#shared/model/asked-words.ts';
import type { MemberId } from '#shared/kernel/ids.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';

/** The chapter's own words for what people are asked to allow; what is not in it is asked as the app does. */
export function listAskedWords({ read }: Pick<ChapterDb, 'read'>): Promise<AskedWords[]> {
  return read
    .selectFrom('asked_words')
    .select(['about', 'language', 'wording'])
    .orderBy('about')
    .orderBy('language')
    .execute();
}

/** Sets the words of one question in one language; empty ones go back to those of the app. */
export async function setAskedWords(
  db: ChapterDb,
  { about, language, wording }: SaveAskedWords,
  memberId: MemberId,
  { clock }: Pick<Ports, 'clock'>,
): Promise<AskedWords[]> {
  const said = wording.trim();
  await db.write(async (trx) => {
    await trx
      .deleteFrom('asked_words')
      .where('about', '=', about)
      .where('language', '=', language)
      .execute();
    if (said === '') return;
    const row = { about, language, wording: said, set_by: memberId, set_at: clock() };
    await trx.insertInto('asked_words').values(row).execute();
  });
  return listAskedWords(db);
}
