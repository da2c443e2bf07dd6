import './commit-faults.ts';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deserialize } from 'node:v8';
import type { BuildingId, ChapterId, DoorId, PersonId, TurfId } from '#shared/kernel/ids.ts';
import type { Turf } from '#shared/model/turf.ts';
import { EVERYONE, type Universe } from '#shared/model/universe.ts';
import { around, makeTown } from '../../api/make-town.ts';
import { openSqlite } from '../../../server/store/sqlite.ts';
import { openDesk } from './desk.ts';
import { type JoinedPhone, joinInTheHall } from './joined-phones.ts';
import { openSimApp, type SimApp } from './sim-app.ts';

export interface TownDoor {
  readonly id: DoorId;
  readonly building: BuildingId;
  readonly people: readonly PersonId[];
}
/** A published turf, with the token of its QR and the buildings from `first` to `last`. */
export interface TownTurf {
  readonly id: TurfId;
  readonly token: string;
  readonly first: number;
  readonly last: number;
  readonly doors: readonly TownDoor[];
  /** Phones that joined before the schedule, and come to it with their turf. */
  readonly inHall: readonly JoinedPhone[];
}
export interface Town {
  readonly chapterId: ChapterId;
  readonly slug: string;
  /** Stands in every name behind the doors of this town, and nowhere else. */
  readonly mark: string;
  /** The cookie of a signed-in admin. */
  readonly cookie: string;
  readonly turfs: readonly TownTurf[];
  /** Doors that no turf holds. */
  readonly wild: readonly TownDoor[];
}

/** Two chapters as they are before every schedule: the bytes of their files, and what is in them. */
export interface Template {
  readonly towns: readonly [Town, Town];
  /** By name inside the data folder. */
  readonly files: ReadonlyMap<string, Buffer>;
}

/** When every schedule begins. */
export const START = Date.UTC(2026, 9, 3, 14, 0, 0);

/** So many phones of each turf can have joined before. */
const IN_HALL = 4;

/** Buildings of each turf, counted from 0; two doors each. Buildings 8 and 9 are in none. */
const CUTS = [
  [0, 2],
  [3, 5],
  [6, 7],
] as const;

/** A memory file system where there is one: the schedules try order, not the disk. */
export function makeFolder(): string {
  return mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'homeground-sim-'));
}

async function buildTown(sim: SimApp, slug: string, mark: string): Promise<Town> {
  const { db, cookie } = await sim.makeChapter(slug);
  await makeTown(db, mark);
  const desk = openDesk(sim, cookie);
  const universe = await desk<Universe>('POST', '/v1/universes', {
    name: 'Everyone',
    question: EVERYONE,
  });
  const rows = await db.read
    .selectFrom('doors')
    .innerJoin('buildings', 'buildings.key', 'doors.building_key')
    .innerJoin('people', 'people.door_key', 'doors.key')
    .select(['doors.id', 'doors.key', 'doors.building_key as place', 'people.id as person'])
    .select('buildings.id as building')
    .orderBy('doors.key')
    .orderBy('people.key')
    .execute();
  const doorsOf = (first: number, last: number): TownDoor[] => {
    const doors = new Map<DoorId, TownDoor>();
    for (const { id, place, building, person } of rows) {
      if (place - 1 < first || place - 1 > last) continue;
      doors.set(id, { id, building, people: [...(doors.get(id)?.people ?? []), person] });
    }
    return [...doors.values()];
  };
  const turfs: TownTurf[] = [];
  for (const [first, last] of CUTS) {
    const wish = { universeId: universe.id, name: `Turf ${first}`, outline: around(first, last) };
    const draft = await desk<Turf>('POST', '/v1/turfs', wish);
    await desk<Turf>('POST', `/v1/turfs/${draft.id}/publish`);
    const token = await sim.launch(db, draft.id);
    turfs.push({ id: draft.id, token, first, last, doors: doorsOf(first, last), inHall: [] });
  }
  const hall = await joinInTheHall(sim, db, turfs, IN_HALL, START);
  const withHall = turfs.map((turf) => ({ ...turf, inHall: hall.get(turf.id) ?? [] }));
  return { chapterId: db.id, slug, mark, cookie, turfs: withHall, wild: doorsOf(8, 9) };
}

/** The bytes of a database with everything in it that still lay beside it. */
function readWhole(path: string): Buffer {
  const sqlite = openSqlite(path);
  sqlite.exec('pragma wal_checkpoint(truncate)');
  sqlite.close();
  return readFileSync(path);
}

async function buildTemplate(): Promise<Template> {
  const folder = makeFolder();
  mkdirSync(join(folder, 'chapters'));
  const sim = await openSimApp(folder, () => START);
  const towns = [
    await buildTown(sim, 'oakdale', 'Oakish'),
    await buildTown(sim, 'elmwood', 'Elmish'),
  ] as const;
  await sim.close();
  const names = ['registry.db', ...towns.map((town) => join('chapters', `${town.chapterId}.db`))];
  const files = new Map(names.map((name) => [name, readWhole(join(folder, name))] as const));
  rmSync(folder, { recursive: true, force: true });
  return { towns: [towns[0], towns[1]], files };
}

let built: Promise<Template> | null = null;

/**
 * Made once in a process; every world begins as a copy of it. In a run of many processes it is made
 * once for all of them, in the file that PROOF_STAGE names.
 */
export function townTemplate(): Promise<Template> {
  const made = process.env['PROOF_STAGE'];
  built ??=
    made === undefined
      ? buildTemplate()
      : Promise.resolve(deserialize(readFileSync(made)) as Template);
  return built;
}
