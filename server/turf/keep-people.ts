import { type Kysely, sql } from 'kysely';
import type { UniverseId } from '#shared/kernel/ids.ts';
import type { AskedSteps } from '#shared/model/universe.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { Tables } from '../store/tables.ts';
import { buildingRanges } from './building-ranges.ts';
import { selectUniverse } from './select-universe.ts';

/** A universe that is about to be frozen; `version` null: nobody else knows of it yet. */
interface Keeping {
  readonly id: UniverseId;
  readonly version: number | null;
}

async function isStill(trx: Kysely<Tables>, { id, version }: Keeping): Promise<boolean> {
  if (version === null) return true;
  const row = await trx
    .selectFrom('universes')
    .select('version')
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.version === version;
}

/**
 * Keeps the people whom a question selects now under a universe that is not frozen yet, in parts, so
 * that no push waits for all of them. Whoever was kept there before goes first. Writes no more, and
 * says false, once the universe has another version.
 */
export async function keepPeople(
  db: ChapterDb,
  of: Keeping,
  question: AskedSteps,
): Promise<boolean> {
  const { id } = of;
  const begun = await db.write(async (trx) => {
    if (!(await isStill(trx, of))) return false;
    await trx.deleteFrom('universe_people').where('universe_id', '=', id).execute();
    return true;
  });
  if (!begun) return false;
  for await (const { after, upTo } of buildingRanges(db)) {
    const kept = await db.write(async (trx) => {
      if (!(await isStill(trx, of))) return false;
      await trx
        .insertInto('universe_people')
        .columns(['universe_id', 'person_key'])
        .expression(
          selectUniverse(trx, question)
            .select([sql<UniverseId>`${id}`.as('universe_id'), 'row.person_key'])
            .where('row.building_key', '>', after)
            .where('row.building_key', '<=', upTo),
        )
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      return true;
    });
    if (!kept) return false;
  }
  return true;
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
