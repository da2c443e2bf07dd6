import { askKysely } from '../store/ask-sql.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { MARKABLE, MARKABLE_JOINS, marksOf, readSuppressKey } from '../store/mark-opt-outs.ts';
import type { NotedErasure } from '../store/registry.ts';
import { markName } from '../store/suppression-mark.ts';
import { erase, erasureMarks, type ToErase } from './erase-person.ts';

const PAGE_ROWS = 1000;
const PAGE = `select p.key, p.door_key as "doorKey", d.id as "doorId", ${MARKABLE}
  from people p ${MARKABLE_JOINS} where p.key > $1 order by p.key limit ${PAGE_ROWS}`;
const OPT_OUT = `insert into opt_outs (person_key, op_id, at) values ($1, '', $2)
  on conflict do nothing`;
export const ERASED_AGAIN = 'An older copy of the chapter was put in its place.';

type Db = Pick<ChapterDb, 'read' | 'write'>;

async function readNames(db: Db, table: 'erasures' | 'suppressions'): Promise<ReadonlySet<string>> {
  const rows = await db.read.selectFrom(table).select('mark').execute();
  return new Set(rows.map(({ mark }) => markName(mark)));
}

/**
 * Reads all people once and holds each against the chapter's marks: whoever was erased is erased
 * again, whoever asked not to be contacted is opted out again. `noted` is
 * what is known of erasures elsewhere. Gives how many were erased.
 */
export async function applyMarks(
  db: Db,
  noted: readonly NotedErasure[],
  now: number,
): Promise<number> {
  const own = await readNames(db, 'erasures');
  const erasures = new Set([...own, ...noted.map(({ mark }) => markName(mark))]);
  const suppressions = await readNames(db, 'suppressions');
  if (erasures.size + suppressions.size === 0) return 0;
  const ask = askKysely(db.read);
  const key = await readSuppressKey(ask);
  let erased = 0;
  for (let after = 0; ;) {
    const people = await ask<ToErase>(PAGE, [after]);
    for (const who of people) {
      after = who.key;
      if (erasureMarks(key, who).some((mark) => erasures.has(markName(mark)))) {
        await db.write((trx) => erase(trx, who, { at: now, byName: '', why: ERASED_AGAIN }));
        erased += 1;
      } else if (marksOf(key, who).some(({ mark }) => suppressions.has(markName(mark)))) {
        await db.write((trx) => askKysely(trx)(OPT_OUT, [who.key, now]));
      }
    }
    if (people.length < PAGE_ROWS) return erased;
  }
}
