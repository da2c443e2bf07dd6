import { sql } from 'kysely';
import type { TurfId, UniverseId } from '#shared/kernel/ids.ts';
import type { UniverseDoors, UniverseQuestion } from '#shared/model/universe.ts';
import { compareUnits } from '#shared/walk/order-units.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { ensureUniverseRows } from '../store/universe-rows.ts';
import { type BuildingRange, buildingRanges } from './building-ranges.ts';
import { countNoVisit } from './count-no-visit.ts';
import { findRefusing } from './find-refusing.ts';
import { selectToVisit } from './select-universe.ts';
import { type BuildingTurf, sharedTowers, turfOfBuildings } from './turf-of-buildings.ts';

/** A building of so many doors may be shared out by its floors. */
const TOWER = 20;
/** Keys of buildings asked about in one query. */
const MOST_KEYS = 5000;

/** The universe's units in each of these buildings, lowest first. */
async function readUnits(
  db: ChapterDb,
  question: UniverseQuestion,
  keys: readonly number[],
  refusing: readonly number[],
): Promise<ReadonlyMap<number, readonly string[]>> {
  const units = new Map<number, string[]>();
  for (let from = 0; from < keys.length; from += MOST_KEYS) {
    const rows = await selectToVisit(db.read, question, refusing)
      .innerJoin('doors', 'doors.key', 'row.door_key')
      .select(['row.building_key as key', 'doors.unit'])
      .distinct()
      .where('row.building_key', 'in', keys.slice(from, from + MOST_KEYS))
      .execute();
    for (const { key, unit } of rows) {
      const known = units.get(key);
      if (known === undefined) units.set(key, [unit]);
      else known.push(unit);
    }
  }
  for (const list of units.values()) list.sort(compareUnits);
  return units;
}

/** The buildings that have a place, by key, each with how many of the universe are there. */
async function readBuildings(
  db: ChapterDb,
  question: UniverseQuestion,
  refusing: readonly number[],
) {
  const askRange = ({ after, upTo }: BuildingRange) => {
    const grouped = selectToVisit(db.read, question, refusing)
      .where('row.placed', '=', 1)
      .where('row.building_key', '>', after)
      .where('row.building_key', '<=', upTo)
      .select([
        'row.building_key as key',
        sql<number>`count(*)`.as('people'),
        sql<number>`count(distinct row.door_key)`.as('doors'),
      ])
      .groupBy('row.building_key');
    return db.read
      .selectFrom(grouped.as('chosen'))
      .innerJoin('buildings', 'buildings.key', 'chosen.key')
      .select(['chosen.key', 'chosen.people', 'chosen.doors'])
      .select(['buildings.id', 'buildings.number', 'buildings.street'])
      .select(['buildings.lon', 'buildings.lat', 'buildings.precinct'])
      .orderBy('chosen.key')
      .execute();
  };
  const parts: Awaited<ReturnType<typeof askRange>>[] = [];
  for await (const range of buildingRanges(db)) parts.push(await askRange(range));
  return parts.flat();
}

/** The doors to go to that a question selects, as columns, one entry a building that has a place. */
export async function readUniverseDoors(
  db: ChapterDb,
  question: UniverseQuestion,
  universeId: UniverseId | null,
): Promise<UniverseDoors> {
  await ensureUniverseRows(db);
  const refusing = await findRefusing(db.read, 'door');
  const noVisit = refusing.length === 0 ? null : await countNoVisit(db, question);
  const taken =
    universeId === null ? new Map<number, BuildingTurf>() : await turfOfBuildings(db, universeId);
  const towers = universeId === null ? new Map() : await sharedTowers(db, universeId);
  const rows = await readBuildings(db, question, refusing);
  const big = rows.flatMap((row, index) =>
    row.doors >= TOWER || towers.has(row.id) ? [index] : [],
  );
  const units = await readUnits(
    db,
    question,
    big.map((index) => rows[index]?.key ?? 0),
    refusing,
  );
  const turfs = [...new Set(rows.flatMap((row) => taken.get(row.key)?.id ?? []))];
  const place = new Map(turfs.map((id, index) => [id, index]));
  const placeOf = (id: TurfId): number => {
    const at = place.get(id) ?? turfs.push(id) - 1;
    place.set(id, at);
    return at;
  };
  const precincts = [...new Set(rows.flatMap((row) => row.precinct ?? []))].sort();
  const precinctPlace = new Map(precincts.map((name, index) => [name, index]));
  return {
    buildings: rows.map((row) => row.id),
    label: rows.map((row) => `${row.number} ${row.street}`.trim()),
    lon: rows.map((row) => row.lon ?? 0),
    lat: rows.map((row) => row.lat ?? 0),
    doors: rows.map((row) => row.doors),
    people: rows.map((row) => row.people),
    ...(noVisit && { noVisit }),
    turf: rows.map((row) => {
      const turf = taken.get(row.key);
      return turf === undefined ? -1 : placeOf(turf.id);
    }),
    position: rows.map((row) => taken.get(row.key)?.position ?? 0),
    street: rows.map((row) => row.street),
    number: rows.map((row) => row.number),
    precinct: rows.map((row) =>
      row.precinct === null ? -1 : (precinctPlace.get(row.precinct) ?? -1),
    ),
    precincts,
    units: big.map((index) => [index, units.get(rows[index]?.key ?? 0) ?? []]),
    shared: rows.flatMap((row, index): UniverseDoors['shared'][number][] => {
      const parts: ReadonlyMap<TurfId, readonly string[]> | undefined = towers.get(row.id);
      if (parts === undefined) return [];
      return [[index, [...parts].map(([id, list]) => [placeOf(id), list])]];
    }),
    turfs,
  };
}
