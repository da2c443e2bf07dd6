import { findWord } from './find-word.ts';
import type { ColumnUse, InspectedColumn, RollField } from '../model/roll.ts';
import { electionOfColumn } from './election.ts';
import { COMMON_HEADERS } from './common-headers.ts';
import { holdsForbidden, isForbiddenHeader } from './forbidden-header.ts';
import { fieldOfLayout, headerWord, type Layout } from './layouts.ts';

interface Guess {
  readonly field: RollField;
  readonly because: 'layout' | 'header' | 'values';
  readonly election?: string;
}

/**
 * What each column is taken for: by the layout, else by its header's words, else by its values. One
 * that nobody may keep is taken for nothing and shows nothing.
 * A meaning is given once, to the first column that asks for it; elections to as many as there are.
 */
export function mapColumns(
  layout: Layout | null,
  header: readonly string[],
  rows: readonly (readonly string[])[],
): InspectedColumn[] {
  const taken = new Set<RollField>();
  return header.map((name, column) => {
    if (isForbiddenHeader(name) || holdsForbidden(rows, column)) {
      return { column, name, use: null, because: 'forbidden', samples: [] };
    }
    const samples = sampleColumn(rows, column);
    const guess = guessColumn(layout, name, samples);
    const free = guess !== null && (guess.field === 'voted' || !taken.has(guess.field));
    if (guess === null || !free) return { column, name, use: null, because: null, samples };
    taken.add(guess.field);
    const use: ColumnUse =
      guess.election === undefined
        ? { column, field: guess.field }
        : { column, field: guess.field, election: guess.election };
    return { column, name, use, because: guess.because, samples };
  });
}

function guessColumn(
  layout: Layout | null,
  name: string,
  samples: readonly string[],
): Guess | null {
  const word = headerWord(name);
  const known = layout === null ? undefined : fieldOfLayout(layout, name);
  if (known === null) return null;
  if (known !== undefined) return { field: known, because: 'layout' };
  const election = electionOfColumn(name);
  if (election !== null) {
    const because = layout === null ? 'header' : 'layout';
    return { field: 'voted', because, election: election.name };
  }
  // A known layout leaves its other columns alone: mailing addresses would pass for homes.
  if (layout !== null) return null;
  const common = findWord(COMMON_HEADERS, word);
  if (common !== undefined) return { field: common, because: 'header' };
  const field = guessByValues(samples);
  return field === null ? null : { field, because: 'values' };
}

const SHAPES: readonly (readonly [RollField, RegExp])[] = [
  ['email', /^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i],
  ['vote-dates', /^\d{4}-\d\d-\d\d(;\d{4}-\d\d-\d\d)+$/],
  ['address-line', /^\d+[a-z]? [a-z][a-z ]+ (st|ave|rd|dr|ln|ct|blvd|street|avenue|road)\b/i],
];

function guessByValues(samples: readonly string[]): RollField | null {
  const given = samples.filter((sample) => sample.trim() !== '');
  if (given.length < 2) return null;
  const shape = SHAPES.find(([, form]) => given.every((sample) => form.test(sample.trim())));
  return shape?.[0] ?? null;
}

function sampleColumn(rows: readonly (readonly string[])[], column: number): string[] {
  const samples: string[] = [];
  for (const row of rows) {
    const cell = row[column]?.trim() ?? '';
    if (cell !== '' && !samples.includes(cell)) samples.push(cell);
    if (samples.length === 4) break;
  }
  return samples;
}
