import type { Position } from '#shared/model/geojson.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { problem } from '#shared/kernel/make-problem.ts';
import { drawTurf } from '#shared/turf/plan/draw-turf.ts';
import { insideOf } from '#shared/turf/plan/inside-of.ts';
import { moveDoors } from '#shared/turf/plan/move-doors.ts';
import type { NewTurf, Plan, PlanDoors, PlanTurf } from '#shared/turf/plan/plan.ts';
import { reshapeTurf } from '#shared/turf/plan/reshape-turf.ts';
import { splitTurf } from '#shared/turf/plan/split-turf.ts';
import type { DrawnShape } from '../../map/draw-steps.ts';
import { liesAcross, turnOutline } from '../../map/one-side.ts';
import { insideOutline } from '../../map/outline-rings.ts';
import { eastward } from '../../map/world.ts';
import { withRest, type Grip } from './grip.ts';
import type { Goal, Mode } from './modes.ts';

/** What a hand works with besides what it draws. */
export interface Hand {
  readonly mode: Mode;
  /** The key of the turf that is chosen, if it is one. */
  readonly chosen: string | null;
  readonly goal: Goal;
  /** The outline whose corners are dragged, as it was before; null when there is none. */
  readonly grip: Grip | null;
  readonly made: NewTurf;
}

/** What a shape that is drawn in a mode does to the plan. */
export function editByHand(
  plan: Plan,
  doors: PlanDoors,
  { mode, chosen, goal, grip, made }: Hand,
  shape: DrawnShape,
): Result<Plan> {
  if (shape.kind === 'line') {
    const key = splitKey(plan, chosen, shape.line);
    return key === null
      ? fail(problem('not-found'))
      : splitTurf(plan, doors, key, shape.line, made);
  }
  const { outline } = shape;
  if (mode === 'draw') return drawTurf(plan, doors, { ...made, outline });
  if (mode === 'reshape' && chosen !== null) {
    const reshaped = reshapeTurf(plan, doors, chosen, outline, grip?.part);
    return reshaped.ok && grip !== null ? ok(withRest(reshaped.value, chosen, grip)) : reshaped;
  }
  const inside = insideOf(doors, outline);
  if (!inside.ok) return inside;
  if (inside.value.indexes.length === 0) return fail(problem('turf-empty'));
  return moveDoors(plan, doors, inside.value.indexes, receiverOf(goal, made));
}

/** Where doors go that are moved, as the plan says it. */
export function receiverOf(goal: Goal, made: NewTurf): string | NewTurf | null {
  return goal.to === 'turf' ? goal.key : goal.to === 'new' ? made : null;
}

/** The turf that a line cuts: the chosen one where the line meets it, else the one it lies in most. */
function splitKey(
  plan: Plan,
  chosen: string | null,
  [[x1, y1], [x2, y2]]: readonly [Position, Position],
): string | null {
  const tries = 15;
  const hits = new Map<string, number>();
  for (let i = 0; i < tries; i++) {
    const part = (i + 0.5) / tries;
    const key = turfAt(plan, [x1 + part * (x2 - x1), y1 + part * (y2 - y1)]);
    if (key !== null) hits.set(key, (hits.get(key) ?? 0) + 1);
  }
  if (chosen !== null && (hits.has(chosen) || hits.size === 0)) return chosen;
  return [...hits].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

/** The turf in whose outline a place lies. */
function turfAt(plan: Plan, [lon, lat]: Position): string | null {
  const within = ({ outline }: PlanTurf): boolean =>
    liesAcross(outline)
      ? insideOutline(eastward(lon), lat, turnOutline(outline))
      : insideOutline(lon > 180 ? lon - 360 : lon, lat, outline);
  return plan.turfs.find(within)?.key ?? null;
}
