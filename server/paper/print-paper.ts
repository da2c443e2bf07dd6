import { dayIn } from '#shared/kernel/instant.ts';
import type { TurfId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { PaperLanguage } from '#shared/model/paper.ts';
import { NOT_KNOWN, PURPOSES } from '#shared/model/rules.ts';
import { bodyInLanguage, chooseLanguage } from '#shared/script/in-language.ts';
import { readChapter } from '../chapter/read-chapter.ts';
import { currentScript } from '../chapter/scripts.ts';
import { type OwnUse, readOwnUse } from '../export/own-use.ts';
import type { Part } from '../export/stream-bytes.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { readMap } from '../turf/read-map.ts';
import { walkTurf } from '../turf/walk-turf.ts';
import { readAskedOnPaper } from './asked-on-paper.ts';
import { PAPER_WORDS } from './paper-words.ts';
import type { WalkedPaper } from './print-turfs.ts';
import { readTagsOnPaper } from './tags-on-paper.ts';
import { readTurfPaper } from './read-turf-paper.ts';
import type { PaperSize } from './sheet.ts';

/** Which turfs shall be printed, and how. */
export interface PaperWish {
  readonly turfIds: readonly TurfId[];
  readonly size: PaperSize;
  readonly language: PaperLanguage;
}

/** The file, and what it is called. */
export interface Paper {
  readonly name: string;
  readonly parts: AsyncIterable<Part>;
}

const plainName = (name: string): string =>
  name
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40);

function saidUse({ purpose }: OwnUse, language: PaperLanguage, day: string): string {
  const words = PAPER_WORDS[language];
  const known = PURPOSES.find((one) => purpose.endsWith(` ${one}`)) ?? NOT_KNOWN;
  return words.ownUse(words.purposes[known], day);
}

/** What these turfs are called, if each of them is there and published. */
async function findTurfs(
  { read }: ChapterDb,
  ids: readonly TurfId[],
): Promise<Result<readonly string[]>> {
  const rows = await read
    .selectFrom('turfs')
    .select(['name', 'state'])
    .where('id', 'in', ids)
    .execute();
  if (rows.length < ids.length) return fail(problem('not-found'));
  if (rows.some(({ state }) => state !== 'published')) return fail(problem('turf-draft'));
  return ok(rows.map(({ name }) => name));
}

/**
 * Prints published turfs, read one by one as they are printed. Problems, before anything leaves:
 * not-found and turf-draft for any of them.
 */
export async function printPaper(
  db: ChapterDb,
  { turfIds, size, language }: PaperWish,
  { now, publicUrl }: { readonly now: number; readonly publicUrl: string },
): Promise<Result<Paper>> {
  const found = await findTurfs(db, turfIds);
  if (!found.ok) return found;
  const { chapter, campaign } = await readChapter(db);
  const current = await currentScript(db);
  const script = current && {
    ...current,
    body: bodyInLanguage(current.body, chooseLanguage(current.body, [language])),
  };
  const use = await readOwnUse(db.read, now);
  const asked = await readAskedOnPaper(db);
  const tags = (await readTagsOnPaper(db)).filter(({ retired }) => !retired);
  async function* turfs(): AsyncGenerator<WalkedPaper> {
    for (const id of turfIds) {
      const read = await readTurfPaper(db, id);
      // One that went since the look at all of them is left out: the others are on their way.
      if (!read.ok) continue;
      const walk = await walkTurf(db, id, null);
      yield { ...read.value, walk: walk.ok ? walk.value : null };
    }
  }
  // pdfkit and its fonts are read only where somebody prints.
  const { printTurfs } = await import('./print-turfs.ts');
  const version = script === null ? '' : `&script=${script.id}`;
  const words = language === 'en' ? '' : `&language=${language}`;
  const parts = printTurfs(turfs(), {
    size,
    language,
    chapter,
    campaign: campaign.name,
    script,
    asked: asked.filter((one) => one.language === language),
    tags,
    map: await readMap(db),
    use: saidUse(use, language, dayIn(now, chapter.timeZone)),
    entryUrl: (turf) => `${publicUrl}/desk/paper?turf=${turf.id}${version}${words}`,
    now,
  });
  const [only] = found.value;
  const what = turfIds.length === 1 && only !== undefined ? plainName(only) : 'turfs';
  return ok({ name: use.nameOf(`${what === '' ? 'turf' : what}.pdf`), parts });
}
