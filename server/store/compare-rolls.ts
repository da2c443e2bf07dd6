import type { ImportReport } from '#shared/model/roll.ts';
import { type ChangeCount, COUNT_CHANGES, countKinds, findChanges } from './roll-changes.ts';
import type { Sqlite } from './sqlite.ts';

/** Keys of one step: some 20 ms. */
const STEP = 2000;

/**
 * Finds everybody in whom the next roll differs from the one that stands, a step a turn, and counts
 * them. Null when cancelled.
 */
export async function compareRolls(
  sqlite: Sqlite,
  inTurn: <T>(work: () => T) => Promise<T>,
  cancelled: () => boolean,
): Promise<Required<Pick<ImportReport, 'added' | 'changed' | 'moved' | 'same' | 'gone'>> | null> {
  const count = (table: string): number =>
    (sqlite.prepare(`select count(*) as n from ${table}`).get() as { n: number }).n;
  const people = count('voters_next');
  if (count('voters') === 0) return { added: people, changed: 0, moved: 0, same: 0, gone: 0 };
  const finds = findChanges((key) => `${key} > ?1 and ${key} <= ?2`).map((text) =>
    sqlite.prepare(text),
  );
  const next = sqlite.prepare(
    'select max(key) as last from (select key from people where key > ? order by key limit ?)',
  );
  for (let after = 0; ;) {
    if (cancelled()) return null;
    const { last } = next.get(after, STEP) as { last: number | null };
    if (last === null) break;
    const from = after;
    await inTurn(() => {
      for (const find of finds) find.run(from, last);
    });
    after = last;
  }
  const counts = sqlite.prepare(COUNT_CHANGES).all() as unknown as ChangeCount[];
  return countKinds(counts, people);
}
