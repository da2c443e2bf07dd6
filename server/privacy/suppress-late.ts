import type { ImportId } from '#shared/kernel/ids.ts';
import { askKysely } from '../store/ask-sql.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import {
  MARKABLE,
  MARKABLE_JOINS,
  type Markable,
  markOptOuts,
  marksOf,
  readSuppressKey,
} from '../store/mark-opt-outs.ts';

/** Everybody at the doors where somebody has asked since the import began, there or elsewhere now. */
const NEAR = `select p.key, ${MARKABLE} from people p ${MARKABLE_JOINS}
  where p.key not in (select person_key from opt_outs) and p.door_key in (
    select o.door_key from ops o where o.received_at >= $1 and o.type = 'knock'
    union select q.door_key from opt_outs t join people q on q.key = t.person_key where t.at >= $1)`;

/**
 * Who asked not to be contacted while a new roll was read may stand in it under another id, written
 * before anybody had asked: they are looked for once more when it stands. Safe to repeat.
 */
export async function suppressLate(db: ChapterDb, importId: ImportId): Promise<void> {
  await db.write(async (trx) => {
    const ask = askKysely(trx);
    const [row] = await ask<{ at: number; late: number | null }>(
      `select started_at as at, (select max(s.at) from suppressions s) as late
        from imports where id = $1`,
      [importId],
    );
    if (row === undefined || row.late === null) return;
    // Whoever moved is known by the new address from here on, not only from the next roll.
    await markOptOuts(ask, row.late);
    if (row.late < row.at) return;
    const key = await readSuppressKey(ask);
    for (const { key: person, ...who } of await ask<Markable & { key: number }>(NEAR, [row.at])) {
      for (const { mark } of marksOf(key, who)) {
        const [found] = await ask('select 1 as one from suppressions where mark = $1', [mark]);
        if (found === undefined) continue;
        await ask(
          `insert into opt_outs (person_key, op_id, at) values ($1, '', $2) on conflict do nothing`,
          [person, row.late],
        );
        break;
      }
    }
  });
}
