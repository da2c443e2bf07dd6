import type { RollMapping } from '../model/roll.ts';
import { isMichiganLine } from './state-layouts.ts';

type Delimiter = RollMapping['delimiter'];
const CANDIDATES = ['\t', '|', ',', ';', '^', '~'] as const;
/** Lines that are looked at, and cells beyond which more say nothing new. */
const LINES = 200;
const ENOUGH = 40;

/**
 * What parts the cells of this text: the sign that most lines have equally often, those inside
 * quotation marks left out; titles above the header and totals below do not count for much. `fixed`
 * for the one file of fixed width that is known. A file of one column counts as comma.
 */
export function detectDelimiter(text: string): Delimiter {
  const lines = someLines(text);
  if (lines.length > 0 && lines.filter(isMichiganLine).length > 0.8 * lines.length) return 'fixed';
  let best: Delimiter = ',';
  let bestScore = 0;
  for (const candidate of CANDIDATES) {
    const score = scoreCounts(lines.map((line) => countOutsideQuotes(line, candidate)));
    if (score > bestScore) {
      best = candidate;
      bestScore = score;
    }
  }
  return best;
}

/**
 * Whether quotation marks wrap the cells of this text. Where none stands at a cell’s beginning, files
 * with commas, semicolons and tabs may still have one further down; those with `|` never do.
 */
export function detectQuotes(text: string, delimiter: Delimiter): boolean {
  if (delimiter === 'fixed') return false;
  const sign = escapeSign(delimiter);
  const begins = text.match(new RegExp(`(?:^|${sign})"`, 'gm'))?.length ?? 0;
  if (begins === 0) return delimiter !== '|';
  const wrapped = text.match(new RegExp(`(?:^|${sign})"(?:[^"]|"")*"(?=${sign}|\\r|\\n|$)`, 'g'));
  const rows = text.match(/(?:^|[\r\n])"(?:[^"\r\n]|"")*"/g)?.length ?? 0;
  // One that is left open in a file of commas is a slip of its own row.
  const slips = delimiter === ',' || delimiter === ';' ? 2 : 0;
  return ((wrapped?.length ?? 0) + rows) * 2 + slips >= begins;
}

/** The sign as a regular expression has it. */
export function escapeSign(delimiter: Delimiter): string {
  return delimiter === '|' || delimiter === '^' ? `\\${delimiter}` : delimiter;
}

function someLines(text: string): string[] {
  const lines = text
    .slice(0, 256 * 1024)
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '');
  // The last line of a sample may be cut.
  return (lines.length > 3 ? lines.slice(0, -1) : lines).slice(0, LINES);
}

/** How well one count speaks for all lines, and how many cells it makes. */
function scoreCounts(counts: readonly number[]): number {
  const times = new Map<number, number>();
  for (const count of counts) if (count > 0) times.set(count, (times.get(count) ?? 0) + 1);
  let score = 0;
  for (const count of times.keys()) {
    // One delimiter more or less is a row that somebody broke.
    const near = (times.get(count - 1) ?? 0) + (times.get(count + 1) ?? 0);
    const agreeing = ((times.get(count) ?? 0) + near / 2) / counts.length;
    score = Math.max(score, agreeing * agreeing * Math.min(count, ENOUGH));
  }
  return score;
}

function countOutsideQuotes(line: string, delimiter: string): number {
  let count = 0;
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const letter = line[i];
    // A mark inside of a word is a letter: it opens nothing.
    if (letter === '"') quoted = quoted ? false : i === 0 || line[i - 1] === delimiter;
    else if (!quoted && letter === delimiter) count++;
  }
  return count;
}
