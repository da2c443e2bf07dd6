import { problem, sayProblem, type Problem } from '../kernel/problem.ts';
import type { InspectedColumn, RollInspection } from '../model/roll.ts';
import type { SavedColumn } from '../model/saved-mapping.ts';
import { checkMapping } from './check-mapping.ts';
import { LineDecoder } from './decode-lines.ts';
import { damagedColumn } from './damaged-column.ts';
import { describeFault, faultColumn } from './describe-fault.ts';
import { detectEncoding } from './detect-encoding.ts';
import { inspectText, isBlankRow, shapeOf, type ReadingChoice } from './inspect-text.ts';
import type { Letters } from './letters.ts';
import { RowParser } from './parse-rows.ts';
import { applySaved } from './saved-mapping.ts';
import { makeRowReader } from './row-to-voter.ts';

/** One remark on a file, as its report has it. */
export interface SurveyedProblem {
  /** The line of the file, from 1; null: it is about the file as a whole. */
  readonly line: number | null;
  /** The name of the column, or `column 3` where it has none; null: about no single one. */
  readonly column: string | null;
  readonly code: string;
  /** What is the matter, and what to do. */
  readonly message: string;
}

/** What a look through a whole file tells. */
export interface FileSurvey {
  /** Null for what is no file with rows at all. */
  readonly inspection: RollInspection | null;
  /** Rows below the header; blank lines are none. */
  readonly records: number;
  /** Of those, how many would be taken into the roll. */
  readonly taken: number;
  readonly problems: readonly SurveyedProblem[];
  /** Why nothing of it can be imported as it is; null when it can. */
  readonly hindrance: Problem | null;
}

export interface SurveyOptions {
  readonly fileName: string;
  /** Size of the file in bytes, where it is known. */
  readonly bytes: number;
  readonly letters: Letters;
  /** `YYYY-MM-DD`: the day on which ages are counted. */
  readonly today: string;
  readonly choice?: ReadingChoice;
  /** What the columns mean, by their names, in place of what they seem to be. */
  readonly columns?: readonly SavedColumn[] | null;
  /** Told once, long before a large file is read to its end. */
  readonly onColumns?: (inspection: RollInspection) => void;
}

const HEAD_BYTES = 256 * 1024;
/** Remarks of one kind that are listed; the others are counted. */
const LISTED = 100;

/** Looks through a file part by part; its memory does not grow with the file. */
export class FileSurveyor {
  readonly #options: SurveyOptions;
  #head: Uint8Array[] = [];
  #headBytes = 0;
  #decoder: LineDecoder | null = null;
  #parser: RowParser | null = null;
  #inspection: RollInspection | null = null;
  #hindrance: Problem | null = null;
  #read: ReturnType<typeof makeRowReader> | null = null;
  #records = 0;
  #taken = 0;
  #accented = false;
  /** Lines in other letters than the file's, with the column that shows it. */
  readonly #foreign = new Map<number, number | null>();
  #foreignCount = 0;
  readonly #problems: SurveyedProblem[] = [];
  readonly #counts = new Map<string, number>();

  constructor(options: SurveyOptions) {
    this.#options = options;
  }

  /** True when nothing more needs to be read: this is no file with rows. */
  get refused(): boolean {
    return this.#decoder === null && this.#hindrance !== null;
  }

  get records(): number {
    return this.#records;
  }

  push(bytes: Uint8Array): void {
    if (this.refused) return;
    if (this.#decoder !== null) return this.#decode(bytes, false);
    this.#head.push(bytes.slice());
    this.#headBytes += bytes.length;
    if (this.#headBytes >= HEAD_BYTES) this.#begin(false);
  }

  end(): FileSurvey {
    if (this.#decoder === null && this.#hindrance === null) this.#begin(true);
    else if (this.#decoder !== null) this.#decode(new Uint8Array(0), true);
    this.#sum();
    return {
      inspection: this.#inspection,
      records: this.#records,
      taken: this.#taken,
      problems: this.#problems,
      hindrance: this.#hindrance,
    };
  }

  #begin(whole: boolean): void {
    const head = new Uint8Array(this.#headBytes);
    let at = 0;
    for (const part of this.#head) {
      head.set(part, at);
      at += part.length;
    }
    this.#head = [];
    const { fileName, bytes, letters, choice = {} } = this.#options;
    const found = detectEncoding(head, whole);
    if (!found.ok) return void (this.#hindrance = found.problem);
    const encoding = choice.encoding ?? found.value.encoding;
    const text = new LineDecoder(letters, encoding)
      .push(head, true)
      .map((piece) => piece.text)
      .join('');
    const file = { fileName, bytes: Math.max(bytes, this.#headBytes), encoding };
    const inspected = inspectText(file, text, whole, choice);
    if (!inspected.ok) {
      // What begins with blank lines alone may have rows further down; nobody waits for those.
      return void (this.#hindrance = inspected.problem);
    }
    const inspection = withMapping(inspected.value, this.#options.columns ?? null);
    if (inspection === null) return void (this.#hindrance = problem('roll-mapping-unfit'));
    this.#inspection = inspection;
    this.#options.onColumns?.(inspection);
    this.#readColumns(inspection);
    this.#decoder = new LineDecoder(letters, encoding);
    this.#parser = new RowParser(shapeOf(inspected.value));
    this.#decode(head, whole);
  }

  #readColumns(inspection: RollInspection): void {
    const { columns, headerLine, notices } = inspection;
    const line = headerLine === 0 ? null : headerLine;
    for (const notice of notices) {
      const { name } = notice.facts;
      const column = name === undefined ? null : String(name);
      this.#problems.push({ line, column, code: notice.code, message: sayProblem(notice) });
    }
    const used = columns.flatMap(({ use }) => (use === null ? [] : [use]));
    const checked = checkMapping(used);
    if (checked.ok) {
      const { layout } = inspection;
      this.#read = makeRowReader(used, columns.length, this.#options.today, layout);
    } else {
      this.#hindrance = checked.problem;
      const { code } = checked.problem;
      const message = sayProblem(checked.problem);
      this.#problems.push({ line, column: null, code, message });
    }
  }

  #decode(bytes: Uint8Array, last: boolean): void {
    const pieces = this.#decoder?.push(bytes, last) ?? [];
    for (const { text, foreign, accented } of pieces) {
      this.#accented ||= accented;
      if (foreign) {
        this.#foreignCount++;
        const line = this.#parser?.nextLine() ?? 0;
        if (this.#foreign.size < LISTED) this.#foreign.set(line, null);
      }
      this.#parse(text, false);
    }
    if (last) this.#parse('', true);
  }

  #parse(text: string, last: boolean): void {
    const inspection = this.#inspection;
    if (this.#parser === null || inspection === null) return;
    const { rows, lines, damaged } = this.#parser.push(text, last);
    const read = this.#read;
    for (let i = 0; i < rows.length; i++) {
      const cells = rows[i] ?? [];
      const line = lines[i] ?? 0;
      if (line <= inspection.headerLine || isBlankRow(cells)) continue;
      this.#records++;
      const damage = damaged.get(i);
      if (damage !== undefined) {
        this.#note(line, damage, damagedColumn(damage, cells));
        continue;
      }
      if (this.#foreign.has(line)) this.#foreign.set(line, damagedColumn('mixed-letters', cells));
      if (read === null) {
        this.#noteWidth(cells, line);
        continue;
      }
      const found = read(cells);
      if (!found.ok) {
        const { problem: reason } = found;
        this.#note(line, reason, damagedColumn(reason, cells, inspection.columns.length));
        continue;
      }
      this.#taken++;
      const [note] = found.value.notes;
      if (note !== undefined) this.#note(line, note.reason, null);
    }
  }

  #noteWidth(cells: readonly string[], line: number): void {
    const width = this.#inspection?.columns.length ?? 0;
    const extra = cells.length > width && cells.slice(width).some((cell) => cell.trim() !== '');
    if (cells.length < width) this.#note(line, 'too-few-cells', cells.length);
    else if (extra) this.#note(line, 'too-many-cells', width);
  }

  #note(line: number, code: string, column: number | null): void {
    const count = (this.#counts.get(code) ?? 0) + 1;
    this.#counts.set(code, count);
    if (count > LISTED) return;
    const { what, todo } = describeFault(code);
    const columns = this.#inspection?.columns ?? [];
    const uses = columns.flatMap(({ use }) => (use === null ? [] : [use]));
    const name = nameColumn(columns, column ?? faultColumn(code, uses));
    this.#problems.push({ line, column: name, code, message: `${what} ${todo}`.trim() });
  }

  /** What is known only when all has been read. */
  #sum(): void {
    for (const [code, count] of this.#counts) {
      if (count <= LISTED) continue;
      const { what } = describeFault(code);
      const message = `${what} ${count - LISTED} more rows like this are not listed.`;
      this.#problems.push({ line: null, column: null, code, message });
    }
    this.#problems.sort((a, b) => (a.line ?? NOWHERE) - (b.line ?? NOWHERE));
    const inspection = this.#inspection;
    if (inspection !== null) this.#inspection = this.#sumLetters(inspection);
    if (this.#hindrance === null && this.#taken === 0) {
      this.#hindrance =
        this.#records === 0
          ? problem('roll-empty')
          : problem('roll-no-people', { rows: this.#records });
      this.#problems.push(aboutFile(this.#hindrance));
    } else if (inspection === null && this.#hindrance !== null) {
      this.#problems.push(aboutFile(this.#hindrance));
    }
  }

  #sumLetters(inspection: RollInspection): RollInspection {
    const { encoding } = inspection;
    if (this.#foreignCount === 0 || encoding === 'utf-16le' || encoding === 'utf-16be') {
      return encoding === 'windows-1252' && this.#accented
        ? { ...inspection, encoding: 'utf-8' }
        : inspection;
    }
    if (!this.#accented) return { ...inspection, encoding: 'windows-1252' };
    const { what, todo } = describeFault('mixed-letters');
    for (const [line, at] of this.#foreign) {
      const message = `${what} ${todo}`;
      const column = nameColumn(inspection.columns, at);
      this.#problems.push({ line, column, code: 'mixed-letters', message });
    }
    this.#problems.sort((a, b) => (a.line ?? NOWHERE) - (b.line ?? NOWHERE));
    return inspection;
  }
}

const NOWHERE = Number.POSITIVE_INFINITY;

function aboutFile(reason: Problem): SurveyedProblem {
  return { line: null, column: null, code: reason.code, message: sayProblem(reason) };
}

function nameColumn(columns: readonly InspectedColumn[], at: number | null): string | null {
  if (at === null) return null;
  return columns[at]?.name.trim() || `column ${at + 1}`;
}

/** The columns with the meanings that somebody gives; null where these know none of them. */
function withMapping(
  inspection: RollInspection,
  saved: readonly SavedColumn[] | null,
): RollInspection | null {
  if (saved === null) return inspection;
  const uses = applySaved(inspection.columns, saved);
  if (uses === null) return null;
  const columns = inspection.columns.map((one, at): InspectedColumn => {
    const use = uses[at] ?? null;
    if (use === null)
      return { ...one, use, because: one.because === 'forbidden' ? one.because : null };
    return { ...one, use, because: 'mapping' };
  });
  return { ...inspection, columns };
}
