import { closeSync, openSync, readSync } from 'node:fs';
import type { RollMapping } from '#shared/model/roll.ts';
import { LineDecoder } from '#shared/roll/decode-lines.ts';
import { readDay } from '#shared/roll/dates.ts';
import { detectDelimiter, detectQuotes } from '#shared/roll/detect-delimiter.ts';
import { detectEncoding } from '#shared/roll/detect-encoding.ts';
import { type Election, electionOfColumn, electionOfDate } from '#shared/roll/election.ts';
import { headerWord } from '#shared/roll/layouts.ts';
import { makeLetters } from '#shared/roll/letters.ts';
import { isBlankRow } from '#shared/roll/inspect-text.ts';
import { readRows } from './read-rows.ts';
import { VotesByVoter } from './votes-by-voter.ts';

/** Who voted when, out of files that are apart from the roll. */
export interface HistoryByVoter {
  readonly elections: readonly Election[];
  /** What a voter did, in the order of the files, each election once. */
  readonly each: (id: string, take: (election: string, method: string) => void) => void;
}

type Vote = readonly [election: Election, method: string];
/** What one row of a file says; the id is the voter's. */
type ReadVotes = (cells: readonly string[]) => { readonly id: string; readonly votes: Vote[] };

interface RowKind {
  readonly id: string;
  readonly day: string;
  readonly type?: string;
  readonly method?: string;
  /** Whether `method` names the ballot taken in a primary, and says nothing of other elections. */
  readonly ballot?: boolean;
}

/** Files with one row a vote, by the words of their headers. */
const KINDS: readonly RowKind[] = [
  {
    id: 'voteridnumber',
    day: 'electiondate',
    type: 'typeofelection',
    method: 'partyaffiliation',
    ballot: true,
  },
  { id: 'ncid', day: 'electionlbl', type: 'electiondesc', method: 'votingmethod' },
  { id: 'voteridentificationnumber', day: 'electiondate', method: 'isabsenteevoter' },
  { id: 'statevoterid', day: 'electiondate' },
  { id: 'voterid', day: 'electiondate', type: 'electiontype', method: 'historycode' },
];

/** Whether a header is that of a file with one row a vote (ANP and ACP of Massachusetts, and others). */
export function isHistoryHeader(header: readonly string[]): boolean {
  const words = header.map(headerWord);
  const isRoll = words.some((word) => /lastname|lname|address/.test(word));
  const [massachusetts, ...others] = KINDS;
  const has = ({ id, day, type }: RowKind): boolean =>
    words.includes(id) && words.includes(day) && (type === undefined || words.includes(type));
  if (massachusetts !== undefined && has(massachusetts)) return true;
  return !isRoll && others.some(has);
}

/**
 * Reads voting-activity files: one row a vote, as most states have them, or one row a voter with a
 * column an election, as L2 has. Ways of voting are kept as written; ballots that did not count
 * (Florida's B, N and P) are no votes.
 */
export function readHistory(paths: readonly string[]): HistoryByVoter {
  const elections = new Map<string, Election>();
  const votes = new VotesByVoter();
  const take = (id: string, [election, method]: Vote): void => {
    if (!elections.has(election.name)) elections.set(election.name, election);
    votes.add(id, election.name, method);
  };
  for (const path of paths) {
    let read: ReadVotes | null = null;
    for (const { rows, damaged } of readRows(path, detectReading(path))) {
      for (const [i, cells] of rows.entries()) {
        if (isBlankRow(cells) || damaged.has(i)) continue;
        if (read === null) {
          const found = makeVotesReader(cells);
          read = found.read;
          if (found.header) continue;
        }
        const { id, votes: found } = read(cells);
        if (id !== '') for (const vote of found) take(id, vote);
      }
    }
  }
  return {
    elections: [...elections.values()],
    each: (id, found) => votes.each(id, found),
  };
}

const HEAD = 64 * 1024;

function detectReading(path: string): Pick<RollMapping, 'encoding' | 'delimiter' | 'quoted'> {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(HEAD);
    const head = buffer.subarray(0, readSync(file, buffer, 0, HEAD, 0));
    const found = detectEncoding(head, head.length < HEAD);
    const encoding = found.ok ? found.value.encoding : 'utf-8';
    const pieces = new LineDecoder(makeLetters(TextDecoder), encoding).push(head, true);
    const text = pieces.map((piece) => piece.text).join('');
    const delimiter = detectDelimiter(text);
    return { encoding, delimiter, quoted: detectQuotes(text, delimiter) };
  } finally {
    closeSync(file);
  }
}

/** The reader that a first row asks for, and whether that row is a header. */
function makeVotesReader(first: readonly string[]): { read: ReadVotes; header: boolean } {
  const words = first.map(headerWord);
  const kind = KINDS.find(({ id, day }) => words.includes(id) && words.includes(day));
  if (kind !== undefined) return { read: makeRowReader(words, kind), header: true };
  const columns = first.flatMap((name, column) => {
    const election = electionOfColumn(name);
    return election === null ? [] : [{ column, election }];
  });
  if (columns.length > 0) return { read: makeColumnReader(columns), header: true };
  // Florida's has no header: county, voter, day, type, code.
  const florida = ['county', 'voterid', 'electiondate', 'electiontype', 'historycode'];
  const last = KINDS.at(-1) ?? { id: 'voterid', day: 'electiondate' };
  return { read: makeRowReader(florida, last), header: false };
}

const NOT_COUNTED = new Set(['B', 'N', 'P']);

function makeRowReader(words: readonly string[], kind: RowKind): ReadVotes {
  const at = (word = ''): ((cells: readonly string[]) => string) => {
    const column = words.indexOf(word);
    return (cells) => (cells[column] ?? '').trim();
  };
  const [id, day, type, method] = [at(kind.id), at(kind.day), at(kind.type), at(kind.method)];
  const codes = kind.method === 'historycode';
  const known = new Map<string, Election>();
  return (cells) => {
    const date = readDay(day(cells));
    const how = method(cells);
    if (date === null || (codes && NOT_COUNTED.has(how))) return { id: id(cells), votes: [] };
    // North Carolina's description begins with the day.
    const word = type(cells).replace(/^[\d/-]+\s*/, '');
    const key = `${date}\n${word}`;
    const election = known.get(key) ?? electionOfDate(date, word);
    known.set(key, election);
    const shown = kind.ballot === true && !/primary/i.test(word) ? 'Y' : how || 'Y';
    return { id: id(cells), votes: [[election, sayMethod(kind, shown)]] };
  };
}

/** Michigan's answer to whether the ballot came by mail, in the code that others use. */
function sayMethod({ method }: RowKind, code: string): string {
  if (method !== 'isabsenteevoter') return code;
  return code === 'Y' ? 'A' : 'P';
}

function makeColumnReader(
  columns: readonly { readonly column: number; readonly election: Election }[],
): ReadVotes {
  return (cells) => ({
    id: (cells[0] ?? '').trim(),
    votes: columns.flatMap(({ column, election }): Vote[] => {
      const method = (cells[column] ?? '').trim();
      return method === '' || /^[n0]$/i.test(method) ? [] : [[election, method]];
    }),
  });
}
