import { type Election, electionOfDate } from '#shared/roll/election.ts';
import { readDay } from '#shared/roll/dates.ts';
import { headerWord } from '#shared/roll/layouts.ts';
import { isBlankRow, readRows } from './read-rows.ts';

/** Who voted when, out of files that are apart from the roll. */
export interface HistoryByVoter {
  readonly elections: readonly Election[];
  readonly votes: ReadonlyMap<string, readonly (readonly [election: string, method: string])[]>;
}

const NEEDS = ['voteridnumber', 'typeofelection', 'electiondate'] as const;

/** Whether a header is that of a Massachusetts voting-activity file (ANP, ACP). */
export function isHistoryHeader(header: readonly string[]): boolean {
  const words = header.map(headerWord);
  return NEEDS.every((need) => words.includes(need));
}

/**
 * Reads voting-activity files: one row a person who voted in the file's election. `D` and `R` name
 * the ballot taken in a primary and are kept as the way of voting.
 */
export function readHistory(paths: readonly string[]): HistoryByVoter {
  const elections = new Map<string, Election>();
  const votes = new Map<string, [string, string][]>();
  for (const path of paths) {
    let columns: readonly number[] | null = null;
    for (const { rows } of readRows(path, { encoding: 'windows-1252', delimiter: '|' })) {
      for (const cells of rows) {
        if (isBlankRow(cells)) continue;
        if (columns === null) {
          const words = cells.map(headerWord);
          columns = [...NEEDS, 'partyaffiliation'].map((need) => words.indexOf(need));
          continue;
        }
        const [id = '', type = '', date = '', ballot = ''] = columns.map((column) =>
          (cells[column] ?? '').trim(),
        );
        const day = readDay(date);
        if (id === '' || day === null) continue;
        const name = day;
        if (!elections.has(name)) elections.set(name, electionOfDate(day, type));
        const method = /primary/i.test(type) ? ballot || 'Y' : 'Y';
        const list = votes.get(id);
        if (list === undefined) votes.set(id, [[name, method]]);
        else list.push([name, method]);
      }
    }
  }
  return { elections: [...elections.values()], votes };
}
