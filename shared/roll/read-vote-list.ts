import { readDay } from './dates.ts';
import type { RollVoter } from './roll-voter.ts';

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/presidential\s*primary|\bpp\b/i, 'Presidential Primary'],
  [/special\s*primary/i, 'Special Primary'],
  [/special/i, 'Special'],
  [/runoff/i, 'Runoff'],
  [/primary|\bpe\b/i, 'Primary'],
  [/municipal|local|village|school/i, 'Municipal'],
  [/general|\bge\b/i, 'General'],
];

/**
 * The elections of a cell that lists several: days (`2024-11-05;2022-11-08`), days with a code
 * (`20201103 GE`), or names with their year (`2020 General Election(P)`), whose letter in brackets
 * is the way of voting. A general election without its day gets the one that the law gives it, so
 * that it is the same election as its neighbour’s with the day.
 */
export function readVoteList(list: string): RollVoter['voted'] {
  const parts = /[;|]/.test(list) ? list.split(/[;|]/) : splitDays(list);
  return parts.flatMap((part): RollVoter['voted'] => {
    const text = part.trim();
    const method = /\(([A-Z])\)\s*$/i.exec(text)?.[1]?.toUpperCase() ?? 'Y';
    const day = readDay(text.split(/\s/)[0] ?? '');
    if (day !== null) return [[day, method]];
    const year = /\b((?:19|20)\d\d)\b/.exec(text)?.[1];
    const kind = WORDS.find(([form]) => form.test(text))?.[1];
    if (year === undefined || kind === undefined) return [];
    const name = kind === 'General' || kind === 'Municipal' ? generalDay(year) : `${kind} ${year}`;
    return [[name, method]];
  });
}

/** Days parted by commas or blanks; a list with words in it is one name after the other. */
function splitDays(list: string): string[] {
  const parts = list.split(/[,\s]+/);
  return parts.every((part) => part === '' || readDay(part) !== null) ? parts : list.split(',');
}

/** The Tuesday after the first Monday of November (2 U.S.C. 7). */
function generalDay(year: string): string {
  const y = Number(year);
  // Sakamoto's count of the weekday of the first of November; 0 is a Sunday.
  const first = (y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + 2 + 1) % 7;
  const day = 2 + ((8 - first) % 7);
  return `${year}-11-${String(day).padStart(2, '0')}`;
}
