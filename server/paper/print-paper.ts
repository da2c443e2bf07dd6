import { dayIn } from '#shared/kernel/instant.ts';
import type { TurfId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { NOT_KNOWN, PURPOSES } from '#shared/model/rules.ts';
import { readChapter } from '../chapter/read-chapter.ts';
import { currentScript } from '../chapter/scripts.ts';
import { type OwnUse, readOwnUse } from '../export/own-use.ts';
import type { Part } from '../export/stream-bytes.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { readMap } from '../turf/read-map.ts';
import { PAPER_WORDS, type PaperLanguage } from './paper-words.ts';
import { readTurfPaper, type TurfPaper } from './read-turf-paper.ts';
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

/**
 * Prints published turfs, read one by one as they are printed. Problems, before anything leaves:
 * not-found and turf-draft for any of them.
 */
export async function printPaper(
  db: ChapterDb,
  { turfIds, size, language }: PaperWish,
  { now, publicUrl }: { readonly now: number; readonly publicUrl: string },
): Promise<Result<Paper>> {
  const first = new Map<TurfId, TurfPaper>();
  for (const id of turfIds) {
    const turf = await readTurfPaper(db, id);
    if (!turf.ok) return fail(turf.problem);
    if (first.size === 0) first.set(id, turf.value);
  }
  const { chapter, campaign } = await readChapter(db);
  const script = await currentScript(db);
  const use = await readOwnUse(db.read, now);
  async function* turfs(): AsyncGenerator<TurfPaper> {
    for (const id of turfIds) {
      const read = first.get(id) ?? (await readTurfPaper(db, id));
      if ('doors' in read) yield read;
      else if (read.ok) yield read.value;
    }
  }
  // pdfkit and its fonts are read only where somebody prints.
  const { printTurfs } = await import('./print-turfs.ts');
  const version = script === null ? '' : `&script=${script.id}`;
  const parts = printTurfs(turfs(), {
    size,
    language,
    chapter,
    campaign: campaign.name,
    script,
    map: await readMap(db),
    use: saidUse(use, language, dayIn(now, chapter.timeZone)),
    entryUrl: (turf) => `${publicUrl}/desk/paper?turf=${turf.id}${version}`,
    now,
  });
  const [only] = first.values();
  const what = turfIds.length === 1 && only !== undefined ? plainName(only.name) : 'turfs';
  return ok({ name: use.nameOf(`${what === '' ? 'turf' : what}.pdf`), parts });
}
