import type { RollMapping } from '../model/roll.ts';

type Delimiter = RollMapping['delimiter'];
const CANDIDATES: readonly Delimiter[] = ['\t', '|', ',', ';'];

/**
 * What parts the cells of this text: the sign whose count is the same on most of the first lines,
 * marks inside quotation marks left out. A file of one column counts as comma.
 */
export function detectDelimiter(text: string): Delimiter {
  const lines = text
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '')
    .slice(0, 20);
  let best: Delimiter = ',';
  let bestScore = 0;
  for (const candidate of CANDIDATES) {
    const counts = lines.map((line) => countOutsideQuotes(line, candidate));
    const header = counts[0] ?? 0;
    if (header === 0) continue;
    const agreeing = counts.filter((count) => Math.abs(count - header) <= 1).length;
    const score = (agreeing / counts.length) * Math.min(header, 40);
    if (score > bestScore) {
      best = candidate;
      bestScore = score;
    }
  }
  return best;
}

function countOutsideQuotes(line: string, delimiter: string): number {
  let count = 0;
  let quoted = false;
  for (const letter of line) {
    if (letter === '"') quoted = !quoted;
    else if (!quoted && letter === delimiter) count++;
  }
  return count;
}
