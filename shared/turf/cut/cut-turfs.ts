import { problem } from '../../kernel/problem.ts';
import { seededDice } from '../../kernel/random.ts';
import { fail, ok, type Result } from '../../kernel/result.ts';
import { betterCut } from './better-cut.ts';
import { checkCut } from './check-cut.ts';
import type { Cut, CutDoor, CutOptions, CutProgress, UncutReason } from './cut.ts';
import { layGround } from './cut-ground.ts';
import { describeTurfs } from './describe-turfs.ts';
import { splitRegions } from './split-regions.ts';
import { walkRegions } from './walk-regions.ts';
import { dearnessOf, weighBuildings, windowOf } from './weigh-buildings.ts';

class Cancelled extends Error {}

/** Kicks of the long walk for each stop: as for the rounds, by what there is time for. */
const kicksFor = (n: number): number => Math.min(8, Math.max(20_000, 75_000 - n) / Math.max(1, n));

/**
 * Cuts doors into turfs of about one size, with walks as short as can be found in a bounded number of
 * steps. Each door with a place that can be reached is in exactly one turf; no building is in two,
 * except one far bigger than a turf, whose floors are shared out and which says so. The same doors,
 * options and seed give the same cut, in whatever order the doors come. Sizes stay within the
 * tolerance unless a building, a precinct or an island forbids it, and then the turf says so.
 * Problems: those of `checkCut`, and `cut-cancelled`. Method: route first, cut second (Beasley 1983),
 * then ruin and recreate (Christiaens and Vanden Berghe 2020).
 */
export function cutTurfs(doors: readonly CutDoor[], options: CutOptions): Result<Cut> {
  const checked = checkCut(doors, options);
  if (!checked.ok) return checked;
  try {
    return ok(cutChecked(checked.value.doors, checked.value.uncut, options));
  } catch (error) {
    if (error instanceof Cancelled) return fail(problem('cut-cancelled'));
    throw error;
  }
}

function cutChecked(doors: readonly CutDoor[], aside: Cut['uncut'], options: CutOptions): Cut {
  const tell = (step: CutProgress['step'], share: number): void => {
    if (options.onProgress?.({ step, share }) === true) throw new Cancelled();
  };
  tell('streets', 0);
  const ground = layGround(doors, options);
  const { stops, region } = ground;
  const dice = seededDice(options.seed ?? 1);
  const effort = Math.min(1000, Math.max(0.01, options.effort ?? 1));
  tell('walk', 0.1);
  const walks = walkRegions({
    n: stops.n,
    metric: ground.metric,
    pairs: ground.pairs,
    region: stops.building.map((building) => region[building] as number),
    regions: ground.regions,
    kicks: kicksFor(stops.n) * effort,
    dice,
    isCancelled: () => {
      tell('walk', 0.2);
      return false;
    },
  });
  tell('split', 0.35);
  const loads = weighBuildings(ground, walks);
  const dearness = dearnessOf(ground, walks, loads);
  const window = windowOf(options, loads, ground);
  const drafts = splitRegions(ground, walks, loads, window, dearness);
  const bettered = betterCut(ground, drafts, loads, window, dearness, effort, dice, tell);
  tell('outlines', 0.95);
  const uncut: { id: string; reason: UncutReason }[] = [...aside];
  for (let stop = 0; stop < stops.n; stop++) {
    if ((region[stops.building[stop] as number] as number) >= 0) continue;
    for (const door of stops.doors[stop] ?? []) {
      uncut.push({ id: (doors[door] as CutDoor).id, reason: 'unreachable' });
    }
  }
  uncut.sort((a, b) => (a.id < b.id ? -1 : 1));
  const turfs = describeTurfs(ground, bettered, window);
  return {
    turfs,
    uncut,
    window: { low: window.low, high: window.high },
    estimated: (options.streets ?? []).length === 0,
  };
}
