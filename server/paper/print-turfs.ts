import { setImmediate } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import type { PaperAsked, PaperLanguage, PaperTag } from '#shared/model/paper.ts';
import type { ScriptVersion } from '#shared/model/script.ts';
import type { TurfWalk } from '#shared/model/turf-walk.ts';
import type { MapLayers } from '#shared/model/place.ts';
import { boundsAround, clipMap } from '#shared/turf/clip-map.ts';
import { PAPER_WORDS } from './paper-words.ts';
import { printCover } from './print-cover.ts';
import { printDoors } from './print-doors.ts';
import { printNotes, printScript } from './print-script.ts';
import type { TurfPaper } from './read-turf-paper.ts';
import { MARGIN, type PaperSize, Sheet, SMALL, TEXT, WEIGHTS } from './sheet.ts';

/** A turf with how it is walked; null: nobody could work it out. */
export interface WalkedPaper extends TurfPaper {
  readonly walk: Pick<TurfWalk, 'metres' | 'minutes' | 'line'> | null;
}

/** What all sheets of one print have in common. */
export interface PrintWish {
  readonly size: PaperSize;
  readonly language: PaperLanguage;
  readonly chapter: { readonly name: string; readonly timeZone: string };
  readonly campaign: string;
  readonly script: ScriptVersion | null;
  /** What is read to people, in this language. */
  readonly asked: readonly PaperAsked[];
  /** Those that are offered at doors. */
  readonly tags: readonly PaperTag[];
  readonly map: MapLayers;
  /** What the list may be used for, and since when it is out: stands on every page. */
  readonly use: string;
  readonly entryUrl: (turf: TurfPaper) => string;
  readonly now: number;
}

/** A piece of the file, with how many people's rows it ends. */
export interface PrintedPart {
  readonly bytes: Buffer;
  readonly rows: number;
}

/** Streets beside the turf, to find the way there. */
const AROUND_METRES = 120;

function dayWords({ chapter, language }: PrintWish): (ms: number) => string {
  const format = new Intl.DateTimeFormat(PAPER_WORDS[language].locale, {
    timeZone: chapter.timeZone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
  return (ms) => format.format(ms);
}

/** What stands at the top and the bottom of every page, once it is known how many there are. */
function* edges(sheet: Sheet, turf: TurfPaper, { use }: PrintWish): Generator<void> {
  const { start, count } = sheet.doc.bufferedPageRange();
  const wish = { size: SMALL };
  const script = sheet.words;
  for (let page = 0; page < count; page++) {
    sheet.doc.switchToPage(start + page);
    const pages = script.page(page + 1, count);
    const right = sheet.right - sheet.widthOf(pages, wish);
    sheet.write(pages, right, sheet.height - MARGIN.bottom + 14, wish);
    sheet.write(use, sheet.left, sheet.height - MARGIN.bottom + 14, wish);
    if (page > 0) {
      sheet.write(turf.name, sheet.left, 24, { ...wish, weight: 'bold' });
    }
    yield;
  }
}

/** One turf, piece by piece: cover, doors, room for notes, and the script on the back. */
function* printTurf(sheet: Sheet, turf: WalkedPaper, wish: PrintWish): Generator<void> {
  const { script, asked, tags, chapter, campaign } = wish;
  sheet.pages = 0;
  const facts = {
    chapter: chapter.name,
    campaign,
    turf,
    map: clipMap(wish.map, boundsAround(turf.outline, AROUND_METRES)),
    walk: turf.walk,
    entryUrl: wish.entryUrl(turf),
  };
  yield;
  yield* printCover(sheet, facts);
  yield* printDoors(sheet, turf.doors, { script: script?.body ?? null, tags }, dayWords(wish));
  // Printed on both sides, the script ends up on the very back and the next turf on a new sheet.
  if (sheet.pages % 2 === 0) printNotes(sheet);
  printScript(sheet, script, asked, tags);
  if (sheet.pages % 2 === 1) printNotes(sheet);
  yield* edges(sheet, turf, wish);
}

/**
 * A PDF file with these turfs one after the other, each numbered for itself. Nothing waits for the
 * whole: a turf's pages leave when it is done, and after every few doors everybody else gets a turn.
 */
export async function* printTurfs(
  turfs: AsyncIterable<WalkedPaper> | Iterable<WalkedPaper>,
  wish: PrintWish,
): AsyncGenerator<PrintedPart> {
  const title = `${wish.chapter.name} · ${wish.campaign}`;
  const doc = new PDFDocument({
    autoFirstPage: false,
    bufferPages: true,
    font: '',
    margin: 0,
    size: wish.size === 'a4' ? 'A4' : 'LETTER',
    lang: wish.language,
    info: { Title: title, Creator: 'Homeground', CreationDate: new Date(wish.now) },
  });
  let waiting: Buffer[] = [];
  doc.on('data', (bytes: Buffer) => waiting.push(bytes));
  const ended = new Promise<void>((resolve) => doc.on('end', resolve));
  const take = (rows: number): PrintedPart => {
    const bytes = Buffer.concat(waiting);
    waiting = [];
    return { bytes, rows };
  };
  const sheet = new Sheet(doc, PAPER_WORDS[wish.language], wish.size);
  // Reading a font is the longest step of all.
  for (const weight of WEIGHTS) {
    doc.font(weight).fontSize(TEXT).widthOfString(title);
    await setImmediate();
  }
  for await (const turf of turfs) {
    const steps = printTurf(sheet, turf, wish);
    while (steps.next().done !== true) await setImmediate();
    doc.flushPages();
    await setImmediate();
    yield take(turf.doors.reduce((sum, { people }) => sum + people.length, 0));
  }
  doc.end();
  await ended;
  yield take(0);
}
