import { setImmediate } from 'node:timers/promises';
import type { BuildingId, TurfId, UniverseId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { KeepTurf } from '#shared/model/turf-plan.ts';
import { MOST_TURF_DOORS } from '#shared/turf/plan/hold-problem.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import {
  keysOfBuildings,
  type MemberDoor,
  type Question,
  readMembers,
} from './universe-members.ts';

/** Buildings asked about in one query. */
const BUILDINGS = 500;

/** A turf of a plan with the doors and people that it comes to. */
export interface ResolvedTurf {
  readonly wish: KeepTurf;
  /** Keys of doors in walk order. */
  readonly doors: readonly number[];
  /** Keys of people. */
  readonly people: readonly number[];
  /** Buildings of which it has some units only. */
  readonly towers: readonly BuildingId[];
}

/** A plan's turfs as rows, and how many buildings the universe no longer has. */
export interface ResolvedPlan {
  readonly turfs: readonly ResolvedTurf[];
  readonly leftOut: number;
}

/** The universe that a plan shares out. */
export interface PlanOf {
  readonly universeId: UniverseId;
  readonly question: Question;
}

/**
 * Finds the doors of a plan's turfs as the universe has them now. Problems: `building-in-two-turfs`
 * with the names of those that want, or hold, the same door; `turf-too-large`.
 */
export async function resolvePlan(
  db: ChapterDb,
  { universeId, question }: PlanOf,
  wishes: readonly KeepTurf[],
  gone: ReadonlySet<TurfId>,
): Promise<Result<ResolvedPlan>> {
  const ids = new Set(
    wishes.flatMap(({ buildings, towers }) => [...buildings, ...towers.map((one) => one.building)]),
  );
  const keys = await keysOfBuildings(db, [...ids]);
  const members = await readMembers(db, question, [...keys.values()]);
  const membersOf = (id: BuildingId): readonly MemberDoor[] =>
    members.get(keys.get(id) ?? -1) ?? [];
  const turfs = wishes.map((wish) => resolveTurf(wish, membersOf));
  const large = turfs.find(({ doors }) => doors.length > MOST_TURF_DOORS);
  if (large !== undefined) {
    const facts = { doors: large.doors.length, limit: MOST_TURF_DOORS };
    return fail(problem('turf-too-large', facts));
  }
  const names = findTwice(turfs) ?? (await findTaken(db, universeId, keys, wishes, turfs, gone));
  if (names !== null) return fail(problem('building-in-two-turfs', { turfs: names }));
  const leftOut = [...ids].filter((id) => membersOf(id).length === 0).length;
  return ok({ turfs, leftOut });
}

function resolveTurf(
  wish: KeepTurf,
  membersOf: (id: BuildingId) => readonly MemberDoor[],
): ResolvedTurf {
  const doors = new Map<number, MemberDoor>();
  for (const id of wish.buildings) for (const door of membersOf(id)) doors.set(door.key, door);
  for (const { building, units } of wish.towers) {
    const own = new Set(units);
    for (const door of membersOf(building)) if (own.has(door.unit)) doors.set(door.key, door);
  }
  const towers = [...new Set(wish.towers.map(({ building }) => building))];
  const people = new Set([...doors.values()].flatMap((door) => door.people));
  return { wish, doors: [...doors.keys()], people: [...people], towers };
}

/** Two turfs of the plan that want one door. */
function findTwice(turfs: readonly ResolvedTurf[]): string | null {
  const claimed = new Map<number, string>();
  for (const { wish, doors } of turfs) {
    for (const key of doors) {
      const other = claimed.get(key);
      if (other !== undefined) return [other, wish.name].sort().join(', ');
      claimed.set(key, wish.name);
    }
  }
  return null;
}

/**
 * Other open turfs of the universe that hold what the plan wants. A building is wanted whole, whoever
 * of it the universe has now, or by its units.
 */
async function findTaken(
  db: ChapterDb,
  universeId: UniverseId,
  keys: ReadonlyMap<BuildingId, number>,
  wishes: readonly KeepTurf[],
  turfs: readonly ResolvedTurf[],
  gone: ReadonlySet<TurfId>,
): Promise<string | null> {
  const whole = new Set(
    wishes.flatMap(({ buildings }) => buildings.map((id) => keys.get(id) ?? -1)),
  );
  const doors = new Set(turfs.flatMap((turf) => turf.doors));
  const names = new Set<string>();
  const all = [...keys.values()];
  for (let from = 0; from < all.length; from += BUILDINGS) {
    if (from > 0) await setImmediate();
    const rows = await db.read
      .selectFrom('doors')
      .innerJoin('turf_doors', 'turf_doors.door_key', 'doors.key')
      .innerJoin('turfs', 'turfs.id', 'turf_doors.turf_id')
      .select(['doors.key', 'doors.building_key as building', 'turfs.id', 'turfs.name'])
      .where('doors.building_key', 'in', all.slice(from, from + BUILDINGS))
      .where('turf_doors.removed_seq', 'is', null)
      .where('turfs.universe_id', '=', universeId)
      .where('turfs.closed_at', 'is', null)
      .execute();
    for (const { key, building, id, name } of rows) {
      if (!gone.has(id) && (whole.has(building) || doors.has(key))) names.add(name);
    }
  }
  return names.size === 0 ? null : [...names].sort().join(', ');
}
