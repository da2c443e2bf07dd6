import { type BuildingId, makeId, type TurfId, type UniverseId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { TurfSetId, UsedTurfSet } from '#shared/model/turf-library.ts';
import type { KeepTurf } from '#shared/model/turf-plan.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { ensureUniverseRows } from '../store/universe-rows.ts';
import { findTaken } from './cut-doors.ts';
import { keepPlan } from './keep-plan.ts';
import type { KeptTower } from './turf-library.ts';
import { keysOfBuildings, readMembers } from './universe-members.ts';
import { findUniverse } from './universes.ts';

/** A turf of a set, as it was kept. */
interface KeptTurf {
  readonly name: string;
  readonly hue: number;
  readonly outline: KeepTurf['outline'];
  readonly buildings: readonly BuildingId[];
  readonly towers: readonly KeptTower[];
  readonly walk: string | null;
}

async function readSet(db: ChapterDb, id: TurfSetId): Promise<KeptTurf[]> {
  const rows = await db.read
    .selectFrom('turf_set_turfs')
    .selectAll()
    .where('set_id', '=', id)
    .orderBy('place')
    .execute();
  return rows.map(({ name, hue, outline, buildings, towers, walk }) => ({
    name,
    hue,
    outline: JSON.parse(outline) as KeepTurf['outline'],
    buildings: JSON.parse(buildings) as BuildingId[],
    towers: JSON.parse(towers) as KeptTower[],
    walk,
  }));
}

const buildingsOf = ({ buildings, towers }: KeptTurf): BuildingId[] => [
  ...buildings,
  ...towers.map(({ building }) => building),
];

/**
 * Drafts in a universe out of a kept set. Buildings that the universe does not have, and those that an
 * open turf of it holds, are left out and counted; a turf of which nothing is left is not made.
 */
export async function useTurfSet(
  db: ChapterDb,
  id: TurfSetId,
  universeId: UniverseId,
  means: Pick<Ports, 'clock' | 'random'>,
): Promise<Result<UsedTurfSet>> {
  const set = await readSet(db, id);
  const universe = await findUniverse(db, universeId);
  if (set.length === 0 || universe === null) return fail(problem('not-found'));
  await ensureUniverseRows(db);
  const all = [...new Set(set.flatMap(buildingsOf))];
  const keys = await keysOfBuildings(db, all);
  const members = await readMembers(db, universe.question, [...keys.values()]);
  const held = await findTaken(db.read, universeId, null);
  const keyOf = (building: BuildingId): number => keys.get(building) ?? -1;
  const isThere = (building: BuildingId): boolean => members.has(keyOf(building));
  const isTaken = (building: BuildingId): boolean => held.has(keyOf(building));
  // Turfs of two passes, or of two universes, may have been kept as one set.
  const claimed = new Set<BuildingId>();
  const units = new Map<BuildingId, Set<string>>();
  const free = (building: BuildingId): boolean => isThere(building) && !isTaken(building);
  const now = means.clock();
  const turfs: KeepTurf[] = [];
  const walks = new Map<TurfId, string>();
  for (const turf of set) {
    const isOpen = (one: BuildingId): boolean => free(one) && !claimed.has(one);
    const buildings = turf.buildings.filter((one) => isOpen(one) && !units.has(one));
    for (const building of buildings) claimed.add(building);
    const towers = turf.towers.flatMap((tower): KeptTower[] => {
      const others = units.get(tower.building) ?? new Set<string>();
      const own = tower.units.filter((unit) => !others.has(unit));
      if (own.length === 0 || !isOpen(tower.building)) return [];
      units.set(tower.building, new Set([...others, ...own]));
      return [{ building: tower.building, units: own }];
    });
    if (buildings.length + towers.length === 0) continue;
    const turfId = makeId<TurfId>(now, means.random);
    if (turf.walk !== null) walks.set(turfId, turf.walk);
    turfs.push({
      id: turfId,
      version: 0,
      name: turf.name,
      hue: turf.hue,
      outline: turf.outline,
      buildings,
      towers: towers.map(({ building, units }) => ({ building, units: [...units] })),
      about: null,
    });
  }
  const kept = await keepPlan(db, universeId, { turfs, removed: [] }, means);
  if (!kept.ok) return kept;
  await db.write(async (trx) => {
    for (const [id, walk] of walks) {
      await trx.updateTable('turfs').set({ walk }).where('id', '=', id).execute();
    }
  });
  const gone = all.filter((building) => !isThere(building)).length;
  return ok({
    turfs: turfs.length,
    buildings: new Set(
      turfs.flatMap((turf) => [...turf.buildings, ...turf.towers.map((one) => one.building)]),
    ).size,
    gone,
    taken: all.filter((building) => isThere(building) && isTaken(building)).length,
    empty: set.length - turfs.length,
  });
}
