import { problem } from '../../kernel/make-problem.ts';
import { fail, ok, type Result } from '../../kernel/result.ts';
import type { Position } from '../../model/geojson.ts';
import { toX, toY } from '../../streets/plane.ts';
import { changeProblem } from './hold-problem.ts';
import { countHolding, holdingOf, type Part } from './holding.ts';
import { nextHue } from './next-hue.ts';
import type { NewTurf, Plan, PlanDoors, PlanTurf } from './plan.ts';
import { findTurf } from './uncut-of.ts';
import { writeTurfs } from './write-turfs.ts';

/**
 * Two turfs of one, along the straight line through two points and on beyond them; each building is
 * whole on one side. The half with more doors keeps the turf's name. A turf of one tower is halved by
 * its floors instead, wherever the line lies. Problems: `not-found`, `turf-fixed`, `split-misses` when
 * all doors are on one side.
 */
export function splitTurf(
  plan: Plan,
  doors: PlanDoors,
  key: string,
  line: readonly [Position, Position],
  made: NewTurf,
): Result<Plan> {
  const refused = changeProblem(plan, [key]);
  const turf = findTurf(plan, key);
  if (refused !== null || turf === undefined) return fail(refused ?? problem('not-found'));
  const halves = floorsOf(doors, turf) ?? sidesOf(doors, turf, line);
  if (halves.some((half) => half.size === 0)) {
    return fail(problem('split-misses', { turf: turf.name }));
  }
  const [a, b] = halves;
  const more = countHolding(doors, a).doors >= countHolding(doors, b).doors;
  const { name, hue } = turf;
  const kept = { key, name, hue, holding: more ? a : b };
  const holding = more ? b : a;
  const first = [...holding.keys()][0] ?? 0;
  const other = { ...made, hue: nextHue(doors, plan.turfs, first), holding };
  return ok(writeTurfs(plan, doors, [kept, other]));
}

type Halves = readonly [ReadonlyMap<number, Part>, ReadonlyMap<number, Part>];

function sidesOf(
  { plane, x, y }: PlanDoors,
  turf: PlanTurf,
  [from, to]: readonly [Position, Position],
): Halves {
  const [x1, y1] = [toX(plane, from[0]), toY(plane, from[1])];
  const [dx, dy] = [toX(plane, to[0]) - x1, toY(plane, to[1]) - y1];
  const halves = [new Map<number, Part>(), new Map<number, Part>()] as const;
  // Two clicks on one spot are no line, and what is no number has no sides.
  const isLine = Math.abs(dx) + Math.abs(dy) > 0;
  for (const [index, part] of holdingOf(turf)) {
    const turned = dx * ((y[index] as number) - y1) - dy * ((x[index] as number) - x1);
    halves[isLine && turned > 0 ? 0 : 1].set(index, part);
  }
  return halves;
}

function floorsOf(doors: PlanDoors, turf: PlanTurf): Halves | null {
  const [index] = turf.order;
  if (turf.order.length !== 1 || index === undefined) return null;
  const units = turf.units.get(index) ?? doors.units.get(index) ?? [];
  if (units.length < 2) return null;
  const middle = Math.ceil(units.length / 2);
  return [new Map([[index, units.slice(0, middle)]]), new Map([[index, units.slice(middle)]])];
}
