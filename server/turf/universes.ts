import { makeId, type MemberId, type UniverseId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { SaveUniverse, Universe, UniverseQuestion } from '#shared/model/universe.ts';
import { readChapter } from '../chapter/read-chapter.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { countUniverse } from './count-universe.ts';

const COLUMNS = ['id', 'name', 'question', 'people', 'doors'] as const;

interface Row {
  readonly id: UniverseId;
  readonly name: string;
  readonly question: string;
  readonly people: number;
  readonly doors: number;
}

function toUniverse(row: Row): Universe {
  return { ...row, question: JSON.parse(row.question) as UniverseQuestion };
}

/** The saved questions, oldest first, each with its people and doors as of its saving. */
export async function listUniverses(db: ChapterDb): Promise<Universe[]> {
  const rows = await db.read
    .selectFrom('universes')
    .select(COLUMNS)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(toUniverse);
}

export async function findUniverse(db: ChapterDb, id: UniverseId): Promise<Universe | null> {
  const row = await db.read
    .selectFrom('universes')
    .select(COLUMNS)
    .where('id', '=', id)
    .executeTakeFirst();
  return row === undefined ? null : toUniverse(row);
}

export async function saveUniverse(
  db: ChapterDb,
  wish: SaveUniverse,
  memberId: MemberId,
  ports: Pick<Ports, 'clock' | 'random'>,
): Promise<Universe> {
  const { people, doors } = await countUniverse(db, wish.question);
  const { campaign } = await readChapter(db);
  const now = ports.clock();
  const row = {
    id: makeId<UniverseId>(now, ports.random),
    name: wish.name,
    question: JSON.stringify(wish.question),
    people,
    doors,
  };
  await db.write((trx) =>
    trx
      .insertInto('universes')
      .values({ ...row, campaign_id: campaign.id, created_by: memberId, created_at: now })
      .execute(),
  );
  return toUniverse(row);
}

/** Deletes a saved question that no turf is cut from. */
export function deleteUniverse(db: ChapterDb, id: UniverseId): Promise<Result<null>> {
  return db.write(async (trx) => {
    const turf = await trx
      .selectFrom('turfs')
      .select('id')
      .where('universe_id', '=', id)
      .executeTakeFirst();
    if (turf !== undefined) return fail(problem('universe-in-use'));
    const done = await trx.deleteFrom('universes').where('id', '=', id).executeTakeFirst();
    return done.numDeletedRows === 0n ? fail(problem('not-found')) : ok(null);
  });
}
