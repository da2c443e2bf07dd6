import { setImmediate } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import { knockedAt } from '#shared/canvass/knocked-at.ts';
import type { PaperLanguage } from '#shared/model/paper.ts';
import type { Petition } from '#shared/model/petition.ts';
import { isNamed, type SignatureRecord } from '../chapter/signatures.ts';
import type { Part } from '../export/stream-bytes.ts';
import { drawStrokes } from './draw-strokes.ts';
import { PAPER_WORDS } from './paper-words.ts';
import { PETITION_WORDS } from './petition-words.ts';
import { MARGIN, type PaperSize, Sheet, SMALL, TEXT, WEIGHTS } from './sheet.ts';

/** The signatures under the same words. */
export interface SignedWords {
  readonly wording: string;
  readonly signatures: AsyncIterable<SignatureRecord>;
}

/** What all sheets have in common. */
export interface SignaturesWish {
  readonly size: PaperSize;
  readonly language: PaperLanguage;
  readonly chapter: { readonly name: string; readonly timeZone: string };
  readonly petition: Petition;
  readonly total: number;
  /** What it may be used for, and since when it is out: stands on every page. */
  readonly use: string;
  readonly now: number;
}

const ROW = 46;
const COLUMNS = { number: 28, signature: 190, signed: 92 } as const;
const HEAD = 16;

interface Places {
  readonly who: number;
  readonly signature: number;
  readonly signed: number;
}

function placesOf(sheet: Sheet): Places {
  const signed = sheet.right - COLUMNS.signed;
  return { who: sheet.left + COLUMNS.number, signature: signed - COLUMNS.signature, signed };
}

/** The words that are signed, above every page of names: a sheet that is alone still says them. */
function printHead(sheet: Sheet, wording: string, wish: SignaturesWish): void {
  const { petition, chapter, language, total } = wish;
  const words = PETITION_WORDS[language];
  const wide = { width: sheet.inner };
  const over = `${words.kinds[petition.kind]} · ${chapter.name} · ${words.count(total)}`;
  sheet.y += sheet.write(over, sheet.left, sheet.y, { ...wide, size: SMALL });
  sheet.y += sheet.write(petition.title, sheet.left, sheet.y, {
    ...wide,
    weight: 'bold',
    size: 16,
  });
  // Words that would take the page leave room for three names at least.
  const room = sheet.bottom - sheet.y - HEAD - 3 * ROW - 40;
  const size = sheet.heightOf(wording, sheet.inner) > room ? SMALL - 1.5 : TEXT;
  sheet.y += 4 + sheet.write(wording, sheet.left, sheet.y + 2, { ...wide, size });
  sheet.y += 4 + sheet.write(words.how, sheet.left, sheet.y, { ...wide, size: SMALL, grey: true });
  const places = placesOf(sheet);
  const columns = [sheet.left, places.who, places.signature, places.signed];
  words.columns.forEach((name, n) =>
    sheet.write(name, columns[n] ?? sheet.left, sheet.y, { size: SMALL, weight: 'bold' }),
  );
  sheet.y += HEAD;
  sheet.rule(sheet.y - 3);
}

function printRow(
  sheet: Sheet,
  row: SignatureRecord,
  number: number,
  wish: SignaturesWish,
  day: Intl.DateTimeFormat,
): void {
  const words = PETITION_WORDS[wish.language];
  const places = placesOf(sheet);
  const width = places.signature - places.who - 8;
  const named = isNamed(row);
  const known = `${row.firstName} ${row.lastName}`.trim();
  const name = named ? known : '';
  const address = [
    `${row.number} ${row.street} ${row.unit}`.trim(),
    `${row.city} ${row.zip}`.trim(),
  ];
  const top = sheet.y + 2;
  sheet.write(String(number), sheet.left, top, { size: SMALL });
  const [firstLine = ''] = sheet.lines(name || (named ? words.noName : words.notNamed), width, {
    weight: 'bold',
  });
  let y = top + sheet.write(firstLine, places.who, top, { weight: 'bold', grey: name === '' });
  for (const line of address) {
    const [first = ''] = sheet.lines(line, width, { size: SMALL });
    y += sheet.write(first, places.who, y, { size: SMALL });
  }
  const { strokes } = row.operation.payload;
  const field = { x: places.signature, y: top, width: COLUMNS.signature - 12, height: ROW - 8 };
  if (named) drawStrokes(sheet.doc, strokes, field);
  const signed = day.format(knockedAt(row.operation).ms);
  const down =
    top + sheet.write(signed, places.signed, top, { size: SMALL, width: COLUMNS.signed });
  const [by = ''] = sheet.lines(words.takenBy(row.canvasser), COLUMNS.signed, { size: SMALL });
  sheet.write(by, places.signed, down, { size: SMALL, grey: true });
  sheet.y += ROW;
  sheet.rule(sheet.y - 3, sheet.left, sheet.right, 0.3);
}

/** A page is as full as its head lets it be: the same for all pages under the same words. */
function rowsOnPage(sheet: Sheet): number {
  return Math.max(1, Math.floor((sheet.bottom - sheet.y) / ROW));
}

function printFoot(sheet: Sheet, page: number, { use }: SignaturesWish): void {
  const wish = { size: SMALL };
  const y = sheet.height - MARGIN.bottom + 14;
  const number = String(page);
  sheet.write(use, sheet.left, y, wish);
  sheet.write(number, sheet.right - sheet.widthOf(number, wish), y, wish);
}

/**
 * A PDF file with every signature as it was drawn, under the words that were signed. Each page leaves
 * when it is full, and everybody else gets a turn then.
 */
export async function* printSignatures(
  groups: readonly SignedWords[],
  wish: SignaturesWish,
): AsyncGenerator<Part> {
  const { petition, language, chapter } = wish;
  const doc = new PDFDocument({
    autoFirstPage: false,
    bufferPages: true,
    font: '',
    margin: 0,
    size: wish.size === 'a4' ? 'A4' : 'LETTER',
    lang: language,
    info: { Title: petition.title, Creator: 'Homeground', CreationDate: new Date(wish.now) },
  });
  let waiting: Buffer[] = [];
  doc.on('data', (bytes: Buffer) => waiting.push(bytes));
  const ended = new Promise<void>((resolve) => doc.on('end', resolve));
  const take = (rows: number): Part => {
    const bytes = Buffer.concat(waiting);
    waiting = [];
    return { bytes, rows };
  };
  const words = PAPER_WORDS[language];
  const sheet = new Sheet(doc, words, wish.size);
  for (const weight of WEIGHTS) {
    doc.font(weight).fontSize(TEXT).widthOfString(petition.title);
    await setImmediate();
  }
  const day = new Intl.DateTimeFormat(words.locale, {
    timeZone: chapter.timeZone,
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  const open = (wording: string): number => {
    sheet.newPage();
    printHead(sheet, wording, wish);
    printFoot(sheet, sheet.pages, wish);
    return rowsOnPage(sheet);
  };
  let number = 0;
  if (wish.total === 0) {
    open(petition.wording);
    sheet.write(PETITION_WORDS[language].none, sheet.left, sheet.y + 4, { grey: true });
  }
  for (const { wording, signatures } of groups) {
    let left = 0;
    let rows = 0;
    for await (const row of signatures) {
      if (left === 0) {
        doc.flushPages();
        await setImmediate();
        if (rows > 0) yield take(rows);
        rows = 0;
        left = open(wording);
      }
      number += 1;
      printRow(sheet, row, number, wish, day);
      left -= 1;
      rows += 1;
    }
    doc.flushPages();
    yield take(rows);
  }
  doc.end();
  await ended;
  yield take(0);
}
