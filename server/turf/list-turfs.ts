import { sql } from 'kysely';
import type { TurfId } from '#shared/kernel/ids.ts';
import type { MultiPolygon, Polygon } from '#shared/model/geojson.ts';
import type { TurfAbout } from '#shared/model/turf-plan.ts';
import type { Tally, Turf } from '#shared/model/turf.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { UNSEEN } from './stage-turfs.ts';
import { isOneOf, tallyTurfs, type WhichTurfs } from './tally-turfs.ts';
import { findHolders } from './turf-states.ts';

const NOTHING: Tally = {
  doors: 0,
  knocked: 0,
  contacts: 0,
  remaining: 0,
  knocks: 0,
  support: [0, 0, 0, 0, 0],
  lastKnockAt: null,
};

/** Who lives in each turf, counted. */
async function countPeople(db: ChapterDb, which: WhichTurfs): Promise<ReadonlyMap<TurfId, number>> {
  const rows = await db.read
    .selectFrom('turf_targets')
    .leftJoin('merged_people as same', 'same.person_key', 'turf_targets.person_key')
    .select([
      'turf_id as id',
      sql<number>`count(distinct coalesce(same.face_key, turf_targets.person_key))`.as('people'),
    ])
    .where(isOneOf(db.read, 'turf_targets.turf_id', which))
    .groupBy('turf_id')
    .execute();
  return new Map(rows.map((row) => [row.id, row.people]));
}

/** The open turfs of a universe, some by id, or all there ever were, oldest first. */
export async function listTurfs(db: ChapterDb, which: WhichTurfs, now: number): Promise<Turf[]> {
  const rows = await db.read
    .selectFrom('turfs')
    .selectAll()
    .where(isOneOf(db.read, 'turfs.id', which))
    .where((of) => of.or([of('closed_at', 'is', null), of('closed_at', '<>', UNSEEN)]))
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  const people = await countPeople(db, which);
  const holders = await findHolders(db, now);
  const tallies = await tallyTurfs(db.read, which);
  return rows.map((row) => {
    const tally = tallies.get(row.id) ?? NOTHING;
    return {
      id: row.id,
      universeId: row.universe_id,
      kind: row.kind,
      name: row.name,
      hue: row.hue,
      state: row.state,
      version: row.version,
      outline: JSON.parse(row.outline) as Polygon | MultiPolygon,
      about: row.about === null ? null : (JSON.parse(row.about) as TurfAbout),
      onFoot: row.on_foot,
      doors: tally.doors,
      people: people.get(row.id) ?? 0,
      publishedAt: row.published_at,
      tally,
      holders: holders.get(row.id) ?? [],
    };
  });
}

/** One turf, which is there. */
export async function readTurf(db: ChapterDb, id: TurfId, now: number): Promise<Turf> {
  const [turf] = await listTurfs(db, [id], now);
  if (turf === undefined) throw new Error('The turf is gone.');
  return turf;
}
