import { createHash } from 'node:crypto';
import { CHANNELS, CONSENT_RECIPIENTS } from '#shared/model/consent.ts';
import { PAPER_LANGUAGES, type PaperAsked } from '#shared/model/paper.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { PAPER_WORDS } from './paper-words.ts';

/** In the order of the sheet. */
const IN_ORDER = [...CHANNELS, ...CONSENT_RECIPIENTS];

/** `es` reads words for `es-MX` and the other way round. */
const base = (tag: string): string => tag.toLowerCase().split('-')[0] ?? '';

/**
 * What is read to a person, in each language of paper: the chapter's own words where it has some,
 * else those of the app, as on the phone.
 */
export async function readAskedOnPaper({ read }: Pick<ChapterDb, 'read'>): Promise<PaperAsked[]> {
  const own = await read
    .selectFrom('asked_words')
    .select(['about', 'language', 'wording', 'set_at'])
    .orderBy('about')
    .orderBy('language')
    .execute();
  return PAPER_LANGUAGES.flatMap((language) =>
    IN_ORDER.map((about) => {
      const said = own.find((one) => one.about === about && base(one.language) === language);
      const wording = said?.wording ?? PAPER_WORDS[language].askedWords[about];
      const wordingHash = createHash('sha256').update(wording).digest('hex');
      return { language, about, wording, wordingHash, setAt: said?.set_at ?? null };
    }),
  );
}
