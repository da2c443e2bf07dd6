import type { RejectReason } from './roll-voter.ts';

/** How a file's rows are parted into cells. */
export interface RowShape {
  /** The sign between cells; ignored where `starts` says where each cell begins. */
  readonly delimiter: string;
  /** Whether quotation marks wrap cells; else they are letters like others. */
  readonly quoted: boolean;
  /** Of a file with cells of fixed width: where each begins, from 0, and where the last one ends. */
  readonly starts?: readonly number[];
}

export interface ParsedRows {
  readonly rows: string[][];
  /** The line, from 1, on which each row begins, as an editor counts them. */
  readonly lines: number[];
  /** What is the matter with the text of a row, by its place in `rows`. */
  readonly damaged: Map<number, RejectReason>;
}

/** Letters of a row beyond which nobody wrote it for a person. */
const LONGEST_ROW = 1024 * 1024;
/** Lines that a quoted cell may run over; fewer when many marks turned out to be left open. */
const MOST_LINES = 500;
/** Letters shown of a row that is too long. */
const SHOWN = 200;
const NOWHERE = Number.POSITIVE_INFINITY;

/**
 * Reads rows out of text that comes part by part, as RFC 4180 has them and as files really are: line
 * ends of every kind, marks inside of cells, marks that never close. One of those costs its own line
 * and no other: when what follows does not fit, reading goes on at the next line.
 */
export class RowParser {
  readonly #shape: RowShape;
  #carry = '';
  #line = 1;
  /** True while the rest of a row that is too long goes by. */
  #skipping = false;
  #open = 0;
  /** Cells of the row before: what a row that runs over lines is held against. */
  #usual = 0;

  constructor(shape: RowShape) {
    this.#shape = shape;
  }

  /** The line on which the text that is pushed next begins. */
  nextLine(): number {
    const ends = new LineEnds(this.#carry);
    let line = this.#line;
    for (let at = ends.from(0); at < NOWHERE; at = ends.from(behind(this.#carry, at))) line++;
    return line;
  }

  /** The rows that are whole now; `last` says that no text follows. */
  push(more: string, last: boolean): ParsedRows {
    const text = this.#carry === '' ? more : this.#carry + more;
    const out: ParsedRows = { rows: [], lines: [], damaged: new Map() };
    const { quoted, delimiter, starts } = this.#shape;
    const ends = new LineEnds(text);
    let pos = 0;
    let [quote, nul] = [quoted ? -1 : NOWHERE, -1];
    while (pos < text.length) {
      let end = ends.from(pos);
      // The other half of CR LF may be on its way.
      if (end === NOWHERE || (end + 1 === text.length && text[end] === '\r')) {
        if (!last) break;
        if (end === NOWHERE) end = text.length;
      }
      const next = end === text.length ? end : behind(text, end);
      if (this.#skipping || end - pos > LONGEST_ROW) {
        if (!this.#skipping) this.#addTooLong(out, text, pos);
        this.#skipping = false;
        this.#line++;
        pos = next;
        continue;
      }
      if (quote < pos) quote = find(text, '"', pos);
      if (nul < pos) nul = find(text, '\0', pos);
      if (quote < end && starts === undefined) {
        const found = readQuoted({ text, ends, delimiter, last }, pos, this.#mostLines());
        if (found === 'more' && text.length - pos <= LONGEST_ROW) break;
        const fits = typeof found === 'object' && (found.lines === 0 || this.#isUsual(found.cells));
        if (fits) {
          this.#add(out, found.cells, nul < found.next ? 'has-nul' : null, found.lines + 1);
          pos = found.next;
          continue;
        }
        this.#open++;
        const cells = text.slice(pos, end).split(delimiter);
        this.#add(out, cells, 'open-quote', 1);
        pos = next;
        continue;
      }
      const line = text.slice(pos, end);
      const cells = starts === undefined ? line.split(delimiter) : cut(line, starts);
      this.#add(out, cells, nul < end ? 'has-nul' : null, 1);
      pos = next;
    }
    this.#carry = text.slice(pos);
    if (this.#skipping) this.#carry = this.#carry.endsWith('\r') ? '\r' : '';
    else if (this.#carry.length > LONGEST_ROW && new LineEnds(this.#carry).from(0) === NOWHERE) {
      this.#addTooLong(out, this.#carry, 0);
      this.#skipping = true;
      this.#carry = '';
    }
    if (last && this.#skipping) this.#line++;
    return out;
  }

  #add(out: ParsedRows, cells: string[], damage: RejectReason | null, lines: number): void {
    if (damage !== null) out.damaged.set(out.rows.length, damage);
    else if (cells.length > 1 || this.#usual === 0) this.#usual = cells.length;
    out.rows.push(cells);
    out.lines.push(this.#line);
    this.#line += lines;
  }

  #addTooLong(out: ParsedRows, text: string, pos: number): void {
    out.damaged.set(out.rows.length, 'row-too-long');
    const { delimiter, starts } = this.#shape;
    const shown = `${text.slice(pos, pos + SHOWN)}…`;
    out.rows.push(starts === undefined ? shown.split(delimiter) : [shown]);
    out.lines.push(this.#line);
  }

  #mostLines(): number {
    return this.#open > 100 ? 8 : MOST_LINES;
  }

  #isUsual(cells: readonly string[]): boolean {
    return (
      this.#usual === 0 ||
      cells.length === this.#usual ||
      (cells.length > this.#usual && cells.slice(this.#usual).every((cell) => cell.trim() === ''))
    );
  }
}

function find(text: string, sign: string, from: number): number {
  const at = text.indexOf(sign, from);
  return at < 0 ? NOWHERE : at;
}

/** Where the next line ends, looked for once: in a long text without one of both signs, that is dear. */
class LineEnds {
  readonly #text: string;
  #lf = { from: 0, at: -1 };
  #cr = { from: 0, at: -1 };

  constructor(text: string) {
    this.#text = text;
  }

  from(pos: number): number {
    this.#lf = this.#next(this.#lf, '\n', pos);
    this.#cr = this.#next(this.#cr, '\r', pos);
    return this.#lf.at < this.#cr.at ? this.#lf.at : this.#cr.at;
  }

  #next(known: { from: number; at: number }, sign: string, pos: number): typeof known {
    return pos >= known.from && pos <= known.at
      ? known
      : { from: pos, at: find(this.#text, sign, pos) };
  }
}

function behind(text: string, end: number): number {
  return text[end] === '\r' && text[end + 1] === '\n' ? end + 2 : end + 1;
}

function cut(line: string, starts: readonly number[]): string[] {
  if (line.trim() === '') return [''];
  const cells: string[] = [];
  for (let i = 0; i + 1 < starts.length; i++) cells.push(line.slice(starts[i], starts[i + 1]));
  return cells;
}

interface QuotedText {
  readonly text: string;
  readonly ends: LineEnds;
  readonly delimiter: string;
  readonly last: boolean;
}

interface QuotedRow {
  readonly cells: string[];
  /** Behind its line end. */
  readonly next: number;
  /** Line ends inside of its cells. */
  readonly lines: number;
}

/**
 * The row that begins at `pos`; `more` when its end has not come yet, `open` when one of its marks
 * is never closed.
 */
function readQuoted(
  { text, ends, delimiter, last }: QuotedText,
  pos: number,
  mostLines: number,
): QuotedRow | 'more' | 'open' {
  const cells: string[] = [];
  let lines = 0;
  let at = pos;
  let end = ends.from(pos);
  for (;;) {
    let stop: number;
    if (text[at] === '"') {
      const close = findClose(text, at, delimiter, end);
      if (close === 'open') return 'open';
      if (close === 'none') return last ? 'open' : 'more';
      let inside = 0;
      for (; end < close; end = ends.from(behind(text, end))) inside++;
      lines += inside;
      if (lines > mostLines || close - pos > LONGEST_ROW) return 'open';
      const cell = text.slice(at + 1, close).replaceAll('""', '"');
      cells.push(inside > 0 ? cell.replaceAll('\r\n', '\n') : cell);
      stop = close + 1;
      while (text[stop] === ' ') stop++;
      if (stop >= text.length && !last) return 'more';
    } else {
      const sign = find(text, delimiter, at);
      stop = Math.min(sign, end, text.length);
      cells.push(text.slice(at, stop));
    }
    if (text[stop] !== delimiter) {
      if (stop + 1 >= text.length && !last) return 'more';
      return { cells, next: stop >= text.length ? stop : behind(text, stop), lines };
    }
    at = stop + 1;
  }
}

/** The mark that closes the cell which the mark at `at` opens. */
function findClose(
  text: string,
  at: number,
  delimiter: string,
  end: number,
): number | 'none' | 'open' {
  for (let i = at + 1; ; i++) {
    i = text.indexOf('"', i);
    if (i < 0) return 'none';
    if (text[i + 1] === '"') {
      i++;
      continue;
    }
    let behindIt = i + 1;
    while (text[behindIt] === ' ') behindIt++;
    const sign = text[behindIt];
    if (sign === undefined || sign === delimiter || sign === '\n' || sign === '\r') return i;
    // On another line, a mark where a cell begins opens that one: ours was left open.
    const before = text[i - 1];
    if (i > end && (before === delimiter || before === '\n' || before === '\r')) return 'open';
  }
}
