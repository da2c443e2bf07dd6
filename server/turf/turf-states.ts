import { sql } from 'kysely';
import { asOne } from '#shared/canvass/as-one.ts';
import { foldDoor, type DoorState } from '#shared/canvass/door-state.ts';
import { wayOfTurf } from '#shared/canvass/refused-ways.ts';
import { atDoor, isTakenBack } from '#shared/canvass/found-doors.ts';
import { tallyDoors } from '#shared/canvass/tally.ts';
import type { BuildingId, DoorId, PersonId, TurfId } from '#shared/kernel/ids.ts';
import type { LiveTurf, TurfDoor } from '#shared/model/turf.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { HIDDEN, MERGED_WISHES, readFaces } from '../store/merged-people.ts';
import { readLogged } from '../sync/read-logged.ts';
import { AT_ITS_BUILDING } from './at-its-building.ts';

interface DoorRow {
  readonly key: number;
  readonly doorId: DoorId;
  readonly buildingId: BuildingId;
  readonly position: number;
  readonly number: string;
  readonly street: string;
  readonly unit: string;
  readonly lon: number | null;
  readonly lat: number | null;
}

function groupBy<K, T, V>(
  rows: readonly T[],
  key: (row: T) => K,
  value: (row: T) => V,
): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group === undefined) groups.set(key(row), [value(row)]);
    else group.push(value(row));
  }
  return groups;
}

async function readDoors(db: ChapterDb, turfId: TurfId): Promise<DoorRow[]> {
  return db.read
    .selectFrom('turf_doors')
    .innerJoin('doors', 'doors.key', 'turf_doors.door_key')
    .innerJoin('buildings', 'buildings.key', 'doors.building_key')
    .select([
      'doors.key',
      'doors.id as doorId',
      'buildings.id as buildingId',
      'turf_doors.position',
    ])
    .select([
      'buildings.number',
      'buildings.street',
      'doors.unit',
      'buildings.lon',
      'buildings.lat',
    ])
    .where('turf_doors.turf_id', '=', turfId)
    .where('turf_doors.removed_seq', 'is', null)
    .orderBy(AT_ITS_BUILDING)
    .orderBy('turf_doors.position')
    .execute();
}

async function readPeople(db: ChapterDb, turfId: TurfId) {
  const rows = await db.read
    .selectFrom('turf_doors')
    .innerJoin('people', 'people.door_key', 'turf_doors.door_key')
    .leftJoin('opt_outs', 'opt_outs.person_key', 'people.key')
    .select(['people.door_key as doorKey', 'people.id', 'opt_outs.at'])
    .select(sql<number>`case when people.key in ${MERGED_WISHES} then 1 else 0 end`.as('asked'))
    .where('turf_doors.turf_id', '=', turfId)
    .where('turf_doors.removed_seq', 'is', null)
    .where('people.key', 'not in', HIDDEN)
    .execute();
  return groupBy(
    rows,
    (row) => row.doorKey,
    (row): { id: PersonId; doNotContact: boolean } => ({
      id: row.id,
      doNotContact: row.at !== null || row.asked === 1,
    }),
  );
}

async function readFacts(db: ChapterDb, turfId: TurfId) {
  const faceOf = await readFaces(db.read, turfId);
  const rows = await db.read
    .selectFrom('turf_doors')
    .innerJoin('ops', 'ops.door_key', 'turf_doors.door_key')
    .select(['ops.door_key as doorKey', 'ops.body', 'ops.eff_hlc'])
    .where('turf_doors.turf_id', '=', turfId)
    .where('turf_doors.removed_seq', 'is', null)
    .execute();
  return groupBy(
    rows,
    (row) => row.doorKey,
    (row) => asOne(readLogged(row), faceOf),
  );
}

/** Every door of a turf in walk order, each with its state out of the facts of the log. */
async function foldTurf(
  db: ChapterDb,
  turfId: TurfId,
): Promise<{ readonly row: DoorRow; readonly state: DoorState }[]> {
  const doors = await readDoors(db, turfId);
  const people = await readPeople(db, turfId);
  const facts = await readFacts(db, turfId);
  const turf = await db.read
    .selectFrom('turfs')
    .select('kind')
    .where('id', '=', turfId)
    .executeTakeFirst();
  const way = wayOfTurf(turf?.kind);
  return doors.flatMap((row) => {
    const door = { doorId: row.doorId, people: people.get(row.key) ?? [], turfId, way };
    const of = (facts.get(row.key) ?? []).map((fact) => atDoor(fact, row.doorId));
    const isGone = door.people.length === 0 && isTakenBack(of);
    return isGone ? [] : [{ row, state: foldDoor(door, of) }];
  });
}

/** A turf's doors for the desk's map and list, in walk order. */
export async function listTurfDoors(db: ChapterDb, turfId: TurfId): Promise<TurfDoor[]> {
  return (await foldTurf(db, turfId)).map(({ row, state }) => ({
    doorId: row.doorId,
    buildingId: row.buildingId,
    position: row.position,
    label: `${row.number} ${row.street}${row.unit === '' ? '' : ` ${row.unit}`}`,
    lon: row.lon ?? 0,
    lat: row.lat ?? 0,
    standing: state.standing,
  }));
}

/** Names of those who hold each turf now. */
export async function findHolders(
  db: ChapterDb,
  now: number,
): Promise<ReadonlyMap<TurfId, readonly string[]>> {
  const rows = await db.read
    .selectFrom('assignments')
    .innerJoin('devices', 'devices.key', 'assignments.device_key')
    .innerJoin('members', 'members.id', 'devices.member_id')
    .select(['assignments.turf_id as turfId', 'members.id', 'members.name'])
    .distinct()
    .where('assignments.ended_at', 'is', null)
    .where('assignments.until_at', '>', now)
    .where('devices.revoked_at', 'is', null)
    .orderBy('members.name')
    .execute();
  return groupBy(
    rows,
    (row) => row.turfId,
    (row) => row.name,
  );
}

/** A turf as the desk follows it live. */
export async function readLiveTurf(db: ChapterDb, turfId: TurfId, now: number): Promise<LiveTurf> {
  const doors = await foldTurf(db, turfId);
  const holders = await findHolders(db, now);
  return {
    turfId,
    tally: tallyDoors(doors.map((door) => door.state)),
    holders: holders.get(turfId) ?? [],
    doors: doors.map(({ row, state }) => ({ doorId: row.doorId, standing: state.standing })),
  };
}
