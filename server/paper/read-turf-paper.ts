import { asOne } from '#shared/canvass/as-one.ts';
import { withCorrections } from '#shared/canvass/corrections.ts';
import { type DoorState, foldDoor } from '#shared/canvass/door-state.ts';
import { findTwins, joinTwins } from '#shared/canvass/found-doors.ts';
import { wayOfTurf } from '#shared/canvass/refused-ways.ts';
import type { TurfKind } from '#shared/model/turf-kind.ts';
import type { DoorId, PersonId, TurfId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { Building } from '#shared/model/door.ts';
import type { MultiPolygon, Polygon } from '#shared/model/geojson.ts';
import type { Operation } from '#shared/model/operation.ts';
import type { PacketDoor, PacketUnit } from '#shared/model/packet.ts';
import type { Person } from '#shared/model/person.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { readLogged } from '../sync/read-logged.ts';
import { type DoorList, readList } from '../turf/read-packet.ts';

/** A door as it is printed and as what comes back is typed in. */
export interface PaperDoor {
  readonly door: PacketDoor;
  readonly building: Building;
  /** In the order of the list. */
  readonly people: readonly Person[];
  readonly state: DoorState;
}

/** One turf with its doors in the order and with the numbers of phone and screen. */
export interface TurfPaper {
  readonly id: TurfId;
  readonly name: string;
  readonly outline: Polygon | MultiPolygon;
  readonly doors: readonly PaperDoor[];
  /** Other dwellings that the chapter knows in these buildings, without anybody's name. */
  readonly units: readonly PacketUnit[];
}

type Logged = Parameters<typeof readLogged>[0];

const toLogged = ({ body, eff }: DoorList['history'][number]): Logged => ({
  body,
  eff_hlc: eff ?? null,
});

function push<K, T>(groups: Map<K, T[]>, key: K, one: T): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [one]);
  else group.push(one);
}

/** The doors of a list, each with its building, its people and what is known of it. */
export function foldList(list: DoorList, turfId: TurfId, kind: TurfKind): PaperDoor[] {
  const { doors, people, history, merged = [] } = list;
  const faceOf = new Map(merged.map(({ id, face }): [PersonId, PersonId] => [id, face]));
  const said = new Map<DoorId, Operation[]>();
  for (const entry of history) {
    const fact = asOne(readLogged(toLogged(entry)), faceOf);
    push(said, fact.entityId, fact);
  }
  const facts = joinTwins(said, findTwins(doors, said));
  const behind = new Map<string, Person[]>();
  for (const person of people) push(behind, person.doorId, person);
  const buildings = new Map(list.buildings.map((building) => [building.id, building]));
  return doors.flatMap((door) => {
    const building = buildings.get(door.buildingId);
    if (building === undefined) return [];
    const here = behind.get(door.id) ?? [];
    const ask = { doorId: door.id, people: here, turfId, way: wayOfTurf(kind) };
    const state = foldDoor(ask, facts.get(door.id) ?? []);
    const people = here.map((one) => withCorrections(one, state.corrections.get(one.id)));
    return [{ door, building, people, state }];
  });
}

/**
 * A published turf as it stands on paper. Problems: not-found; turf-draft, since the order and the
 * doors of a draft still change.
 */
export async function readTurfPaper(db: ChapterDb, turfId: TurfId): Promise<Result<TurfPaper>> {
  return db.read.transaction().execute(async (trx) => {
    const turf = await trx
      .selectFrom('turfs')
      .select(['id', 'name', 'outline', 'state', 'kind'])
      .where('id', '=', turfId)
      .executeTakeFirst();
    if (turf === undefined) return fail(problem('not-found'));
    if (turf.state !== 'published') return fail(problem('turf-draft'));
    const list = await readList(trx, turfId, turf.kind);
    const outline = JSON.parse(turf.outline) as Polygon | MultiPolygon;
    const doors = foldList(list, turfId, turf.kind);
    return ok({ id: turf.id, name: turf.name, outline, doors, units: list.units ?? [] });
  });
}
