import { type Kysely, type SqlBool, sql } from 'kysely';
import { asOne } from '#shared/canvass/as-one.ts';
import { type DoorState, foldDoor } from '#shared/canvass/door-state.ts';
import { wayOfTurf } from '#shared/canvass/refused-ways.ts';
import { atDoor, isTakenBack } from '#shared/canvass/found-doors.ts';
import { tallyDoors } from '#shared/canvass/tally.ts';
import type { DoorId, PersonId, TurfId, UniverseId } from '#shared/kernel/ids.ts';
import type { Operation } from '#shared/model/operation.ts';
import type { Tally } from '#shared/model/turf.ts';
import { HIDDEN, MERGED_WISHES, readFaces } from '../store/merged-people.ts';
import type { Tables } from '../store/tables.ts';
import { readLogged } from '../sync/read-logged.ts';

/** All turfs, the open ones of a universe, or some by name. */
export type WhichTurfs = UniverseId | readonly TurfId[] | null;

type Db = Kysely<Tables>;

/** As a condition on a column that holds a turf's id. */
export function isOneOf(db: Db, column: string, which: WhichTurfs) {
  if (which === null) return sql<SqlBool>`1 = 1`;
  if (typeof which !== 'string') {
    return which.length === 0
      ? sql<SqlBool>`1 = 0`
      : sql<SqlBool>`${sql.ref(column)} in (${sql.join(which)})`;
  }
  const open = db
    .selectFrom('turfs')
    .select('turfs.id')
    .where('turfs.universe_id', '=', which)
    .where('turfs.closed_at', 'is', null);
  return sql<SqlBool>`${sql.ref(column)} in ${open}`;
}

/** Doors of a turf at which something happened, or somebody asked not to be contacted. */
const EVENTFUL = sql<SqlBool>`(exists (select 1 from ops where ops.door_key = td.door_key)
  or exists (select 1 from people asked where asked.door_key = td.door_key
    and (asked.key in (select person_key from opt_outs) or asked.key in ${MERGED_WISHES})))`;

function readCounts(db: Db, which: WhichTurfs) {
  return db
    .selectFrom('turf_doors as td')
    .innerJoin('turfs', 'turfs.id', 'td.turf_id')
    .select((of) => ['td.turf_id as turfId', 'turfs.kind', of.fn.countAll<number>().as('doors')])
    .where('td.removed_seq', 'is', null)
    .where(isOneOf(db, 'td.turf_id', which))
    .groupBy(['td.turf_id', 'turfs.kind'])
    .execute();
}

function readEventful(db: Db, which: WhichTurfs) {
  return db
    .selectFrom('turf_doors as td')
    .innerJoin('doors', 'doors.key', 'td.door_key')
    .leftJoin('people', (join) =>
      join.onRef('people.door_key', '=', 'td.door_key').on('people.key', 'not in', HIDDEN),
    )
    .leftJoin('opt_outs', 'opt_outs.person_key', 'people.key')
    .select(['td.turf_id as turfId', 'td.door_key as key', 'doors.id as doorId', 'people.id'])
    .select('opt_outs.at')
    .select(sql<number>`case when people.key in ${MERGED_WISHES} then 1 else 0 end`.as('asked'))
    .where('td.removed_seq', 'is', null)
    .where(isOneOf(db, 'td.turf_id', which))
    .where(EVENTFUL)
    .execute();
}

async function readFacts(db: Db, which: WhichTurfs): Promise<ReadonlyMap<number, Operation[]>> {
  const rows = await db
    .selectFrom('ops')
    .select(['ops.door_key as key', 'ops.body', 'ops.eff_hlc'])
    .where('ops.door_key', 'in', (of) =>
      of
        .selectFrom('turf_doors as td')
        .select('td.door_key')
        .where('td.removed_seq', 'is', null)
        .where(isOneOf(db, 'td.turf_id', which)),
    )
    .orderBy('ops.seq')
    .execute();
  const facts = new Map<number, Operation[]>();
  if (rows.length === 0) return facts;
  const faceOf = await readFaces(db);
  for (const row of rows) {
    if (row.key === null) continue;
    const fact = asOne(readLogged(row), faceOf);
    const known = facts.get(row.key);
    if (known === undefined) facts.set(row.key, [fact]);
    else known.push(fact);
  }
  return facts;
}

interface Eventful {
  readonly doorId: DoorId;
  readonly people: { id: PersonId; doNotContact: boolean }[];
}

/**
 * What has happened in each of some turfs, in as many queries for a thousand as for one. A door at
 * which nothing has happened is counted and not folded.
 */
export async function tallyTurfs(db: Db, which: WhichTurfs): Promise<ReadonlyMap<TurfId, Tally>> {
  const counts = await readCounts(db, which);
  const rows = await readEventful(db, which);
  const facts = rows.length === 0 ? new Map<number, Operation[]>() : await readFacts(db, which);
  const turfs = new Map<TurfId, Map<number, Eventful>>();
  for (const { turfId, key, doorId, id, at, asked } of rows) {
    const doors = turfs.get(turfId) ?? new Map<number, Eventful>();
    turfs.set(turfId, doors);
    const door = doors.get(key) ?? { doorId, people: [] };
    doors.set(key, door);
    if (id !== null) door.people.push({ id, doNotContact: at !== null || asked === 1 });
  }
  return new Map(
    counts.map(({ turfId, kind, doors }) => {
      let quiet = doors;
      const way = wayOfTurf(kind);
      const states = [...(turfs.get(turfId) ?? [])].flatMap(([key, door]): DoorState[] => {
        quiet -= 1;
        const of = (facts.get(key) ?? []).map((fact) => atDoor(fact, door.doorId));
        const isGone = door.people.length === 0 && isTakenBack(of);
        return isGone ? [] : [foldDoor({ ...door, turfId, way }, of)];
      });
      const tally = tallyDoors(states);
      const [all, remaining] = [tally.doors + quiet, tally.remaining + quiet];
      return [turfId, { ...tally, doors: all, remaining }];
    }),
  );
}
