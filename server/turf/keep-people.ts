import { sql } from 'kysely';
import type { UniverseId } from '#shared/kernel/ids.ts';
import type { AskedSteps } from '#shared/model/universe.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { buildingRanges } from './building-ranges.ts';
import { selectUniverse } from './select-universe.ts';

/**
 * Keeps the people whom a question selects now under a universe that is not frozen yet, in parts, so
 * that no push waits for all of them. Whoever was kept there before goes first.
 */
export async function keepPeople(
  db: ChapterDb,
  id: UniverseId,
  question: AskedSteps,
): Promise<void> {
  await forgetPeople(db, id);
  for await (const { after, upTo } of buildingRanges(db)) {
    await db.write((trx) =>
      trx
        .insertInto('universe_people')
        .columns(['universe_id', 'person_key'])
        .expression(
          selectUniverse(trx, question)
            .select([sql<UniverseId>`${id}`.as('universe_id'), 'row.person_key'])
            .where('row.building_key', '>', after)
            .where('row.building_key', '<=', upTo),
        )
        .onConflict((conflict) => conflict.doNothing())
        .execute(),
    );
  }
}

/** The same people under another universe. */
export async function copyPeople(db: ChapterDb, from: UniverseId, to: UniverseId): Promise<void> {
  await db.write((trx) =>
    sql`insert into universe_people (universe_id, person_key)
      select ${to}, person_key from universe_people where universe_id = ${from}`.execute(trx),
  );
}

export async function forgetPeople(db: ChapterDb, id: UniverseId): Promise<void> {
  await db.write((trx) =>
    trx.deleteFrom('universe_people').where('universe_id', '=', id).execute(),
  );
}
