import type { MultiPolygon, Polygon } from '../../model/geojson.ts';
import type { TurfAbout } from '../../model/turf-plan.ts';
import { addCounts, countHolding, countPart, type Holding } from './holding.ts';
import { minutesOf } from './minutes-of.ts';
import { orderRoughly } from './order-roughly.ts';
import { outlineAround } from './outline-around.ts';
import type { Counts, Plan, PlanDoors, PlanTurf } from './plan.ts';
import { restOf } from './uncut-of.ts';

/** How a turf shall be. What is left out is worked out from its doors. */
export interface TurfWish {
  readonly key: string;
  readonly name: string;
  readonly hue: number;
  readonly holding: Holding;
  /** Drawn by somebody, or by a cut. */
  readonly outline?: Polygon | MultiPolygon;
  /** The holding is in the order of a walk already. */
  readonly ordered?: boolean;
  readonly about?: TurfAbout;
}

/**
 * The plan with some turfs written anew and others gone, in one step; a turf that would hold nothing
 * is gone. What was not named keeps everything. Counts change by what changed.
 */
export function writeTurfs(
  plan: Plan,
  doors: PlanDoors,
  wishes: readonly TurfWish[],
  gone: readonly string[] = [],
): Plan {
  const before = new Map(plan.turfs.map((turf) => [turf.key, turf]));
  const after = new Map(before);
  for (const key of gone) after.delete(key);
  const drawn: string[] = [];
  for (const wish of wishes) {
    after.delete(wish.key);
    if (wish.holding.size === 0) continue;
    after.set(wish.key, makeTurf(doors, wish));
    if (wish.outline === undefined) drawn.push(wish.key);
  }
  const named = [...gone, ...wishes.map(({ key }) => key)];
  const changes = keysOf(plan, named, before, after);
  const shares = plan.shares.with(changes);
  for (const [key, outline] of outlineAround(doors, shares, after, drawn)) {
    const turf = after.get(key);
    if (turf !== undefined) after.set(key, { ...turf, outline });
  }
  return {
    turfs: inOrder(plan, after),
    shares,
    uncut: recount(plan, doors, changes, before, after),
  };
}

function makeTurf(doors: PlanDoors, wish: TurfWish): PlanTurf {
  const { key, name, hue, holding } = wish;
  const order =
    wish.ordered === true ? [...holding.keys()] : orderRoughly(doors, [...holding.keys()]);
  const counts = countHolding(doors, holding);
  const units = new Map(
    [...holding].flatMap(([index, part]): [number, readonly string[]][] =>
      part === null ? [] : [[index, part]],
    ),
  );
  const minutes = Math.round(minutesOf(doors, { order, counts }));
  const about = wish.about ?? { how: 'hand', metres: null, minutes, crosses: [], why: [] };
  const outline = wish.outline ?? { type: 'Polygon', coordinates: [] };
  const walked = { about, onFoot: null };
  return { key, name, hue, fixed: false, outline, order, units, counts, ...walked };
}

/** Which turfs each building of the named ones is in afterwards. */
function keysOf(
  plan: Plan,
  named: readonly string[],
  before: ReadonlyMap<string, PlanTurf>,
  after: ReadonlyMap<string, PlanTurf>,
): Map<number, string[]> {
  const written = new Set(named);
  const keys = new Map<number, string[]>();
  const others = (index: number): string[] =>
    plan.shares.at(index).filter((key) => !written.has(key));
  for (const key of written) {
    for (const index of before.get(key)?.order ?? []) {
      if (!keys.has(index)) keys.set(index, others(index));
    }
  }
  for (const key of written) {
    for (const index of after.get(key)?.order ?? []) {
      const known = keys.get(index);
      if (known === undefined) keys.set(index, [...others(index), key]);
      else known.push(key);
    }
  }
  return keys;
}

function recount(
  plan: Plan,
  doors: PlanDoors,
  changes: ReadonlyMap<number, readonly string[]>,
  before: ReadonlyMap<string, PlanTurf>,
  after: ReadonlyMap<string, PlanTurf>,
): Counts {
  let uncut = plan.uncut;
  for (const [index, keys] of changes) {
    const was = plan.shares.at(index).flatMap((key) => before.get(key) ?? []);
    const is = keys.flatMap((key) => after.get(key) ?? []);
    uncut = addCounts(uncut, countPart(doors, index, restOf(doors, index, was)), -1);
    uncut = addCounts(uncut, countPart(doors, index, restOf(doors, index, is)), 1);
  }
  return uncut;
}

/** Turfs keep their place in the list; new ones come last. */
function inOrder(plan: Plan, after: ReadonlyMap<string, PlanTurf>): PlanTurf[] {
  const known = new Set(plan.turfs.map(({ key }) => key));
  return [
    ...plan.turfs.flatMap(({ key }) => after.get(key) ?? []),
    ...[...after.values()].filter(({ key }) => !known.has(key)),
  ];
}
