import type { RecordTable } from './record-table.ts';

/** Of a block with more than this not all pairs are compared. */
export const MOST_IN_BLOCK = 200;
/** In one that is larger each is compared with so many who come after them in the alphabet. */
const NEIGHBOURS = 30;
/** A whole name that more people have says nothing by itself. */
const MOST_OF_NAME = 12;
/** How many records fit beside a block's number in one exact number. */
const ROOM = 2 ** 23;
const BLOCKS = 2 ** 30;
/** Between two breaths. */
const PAIRS_A_STEP = 20_000;

/** What records have in common that are compared with each other. */
type Pass = {
  /** Calls `into` with the blocks of a record, 0 to 2^30. */
  readonly blocksOf: (row: number, into: (block: number) => void) => void;
  /** Larger blocks are left out, since others hold the same pairs. */
  readonly skipAbove?: number;
};

/** How far the comparing is; `cut`: records in blocks of which only neighbours were compared. */
export interface BlockStep {
  readonly done: number;
  readonly total: number;
  readonly cut: number;
}

function mix(a: number, b: number): number {
  const x = Math.imul(a ^ (a >>> 15), 0x2c1b3c6d) ^ Math.imul(b + 0x7f4a7c15, 0x297a2d39);
  return (x ^ (x >>> 13)) >>> 0;
}
const blockOf = (...parts: readonly number[]): number =>
  parts.reduce((sum, part) => mix(sum, part), 1) % BLOCKS;
/** A number of up to 53 bits in two of 32. */
const high = (mark: number): number => Math.floor(mark / 2 ** 32);

function makePasses(table: RecordTable): readonly Pass[] {
  const { firsts, lasts } = table;
  const sounds = new Map<string, number>();
  const soundNumber = (name: number): number => {
    const { sound } = lasts.at(name);
    let known = sounds.get(sound);
    if (known === undefined) sounds.set(sound, (known = sounds.size + 1));
    return known;
  };
  const ofMark =
    (column: 'door' | 'phone' | 'email'): Pass['blocksOf'] =>
    (row, into) => {
      const mark = table[column][row] ?? 0;
      if (mark !== 0) into(blockOf(mark >>> 0, high(mark)));
    };
  return [
    {
      // A family's name as it sounds, the year, and the given name by its first letter or its forms.
      blocksOf: (row, into) => {
        const born = table.born[row] ?? 0;
        if (born === 0) return;
        const { plain, groups } = firsts.at(table.first[row] ?? 0);
        const middle = firsts.at(table.middle[row] ?? 0).plain;
        const letters = new Set([plain.charCodeAt(0), middle.charCodeAt(0)].filter((n) => n > 0));
        const years = table.about[row] === 1 ? [born, born + 1] : [born];
        for (const part of lasts.at(table.last[row] ?? 0).parts) {
          const sound = soundNumber(part);
          for (const year of years) {
            for (const letter of letters) into(blockOf(sound, year, letter));
            for (const group of groups) into(blockOf(sound, year, 1000 + group));
          }
        }
      },
    },
    { blocksOf: ofMark('door') },
    { blocksOf: ofMark('phone') },
    { blocksOf: ofMark('email') },
    {
      // The same name in full, whatever the year: a slip in it, or none.
      blocksOf: (row, into) => into(blockOf(table.last[row] ?? 0, table.first[row] ?? 0)),
      skipAbove: MOST_OF_NAME,
    },
  ];
}

/** The records of each block, those of one behind each other, as numbers that sort. */
function sortedBlocks(table: RecordTable, { blocksOf }: Pass): Float64Array {
  let places = new Float64Array(Math.max(1024, table.size * 2));
  let count = 0;
  for (let row = 0; row < table.size; row++) {
    blocksOf(row, (block) => {
      if (count === places.length) {
        const larger = new Float64Array(places.length * 2);
        larger.set(places);
        places = larger;
      }
      places[count++] = block * ROOM + row;
    });
  }
  return places.subarray(0, count).sort();
}

/**
 * Brings together who might be one person, without ever comparing all with all: those of one sounding
 * name and year, of one door, telephone or e-mail address, and of one rare whole name. Calls `visit`
 * for each pair, some of them more than once, and rests often. A block of more than MOST_IN_BLOCK is
 * compared in the order of its names, each record with the next few: bounded work, and counted.
 */
export function* blockRecords(
  table: RecordTable,
  visit: (a: number, b: number) => void,
): Generator<BlockStep> {
  const passes = makePasses(table);
  const total = passes.length * table.size;
  const cut = new Set<number>();
  for (const [at, pass] of passes.entries()) {
    const places = sortedBlocks(table, pass);
    let pairs = 0;
    for (let from = 0; from < places.length;) {
      const block = Math.floor((places[from] ?? 0) / ROOM);
      let to = from + 1;
      while (to < places.length && Math.floor((places[to] ?? 0) / ROOM) === block) to++;
      if (to - from > 1 && to - from <= (pass.skipAbove ?? Infinity)) {
        pairs += visitBlock(table, places.subarray(from, to), cut, visit);
      }
      from = to;
      if (pairs < PAIRS_A_STEP) continue;
      pairs = 0;
      const done = at * table.size + Math.floor((table.size * from) / places.length);
      yield { done, total, cut: cut.size };
    }
    yield { done: (at + 1) * table.size, total, cut: cut.size };
  }
}

function visitBlock(
  table: RecordTable,
  places: Float64Array,
  cut: Set<number>,
  visit: (a: number, b: number) => void,
): number {
  const rows = Array.from(places, (place) => place % ROOM);
  const large = rows.length > MOST_IN_BLOCK;
  if (large) {
    const { firsts, lasts } = table;
    const nameOf = (row: number): string =>
      `${lasts.at(table.last[row] ?? 0).plain} ${firsts.at(table.first[row] ?? 0).plain} ${firsts.at(table.middle[row] ?? 0).plain}`;
    const named = rows.map((row) => [nameOf(row), row] as const);
    named.sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x - y));
    for (const [i, [, row]] of named.entries()) {
      rows[i] = row;
      cut.add(row);
    }
  }
  let pairs = 0;
  for (let i = 0; i < rows.length; i++) {
    const last = large ? Math.min(rows.length, i + 1 + NEIGHBOURS) : rows.length;
    for (let j = i + 1; j < last; j++) {
      const [a, b] = [rows[i] ?? 0, rows[j] ?? 0];
      if (a !== b) visit(a, b);
    }
    pairs += last - i - 1;
  }
  return pairs;
}
