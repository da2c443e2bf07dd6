import { problem } from '../../kernel/problem.ts';
import { type Dice, seededDice } from '../../kernel/random.ts';
import { fail, ok, type Result } from '../../kernel/result.ts';
import { betterCut, type Effort, HASTY, THOROUGH } from './better-cut.ts';
import { checkCut } from './check-cut.ts';
import type { Cut, CutDoor, CutOptions, CutProgress, UncutReason } from './cut.ts';
import { type CutGround, type DraftTurf, layGround } from './cut-ground.ts';
import { describeTurfs } from './describe-turfs.ts';
import { splitRegions } from './split-regions.ts';
import type { SizeWindow } from './split-walk.ts';
import { type RegionWalk, walkRegions } from './walk-regions.ts';
import { dearnessOf, weighBuildings, windowOf } from './weigh-buildings.ts';

class Cancelled extends Error {}

/** Kicks for each stop before the first cut that somebody may look at. */
const firstKicks = (n: number): number => Math.min(0.1, 4000 / Math.max(1, n));
/** Kicks of the long walk for each stop after that: as for the rounds, by what there is time for. */
const kicksFor = (n: number): number => Math.min(0.65, 12_000 / Math.max(1, n));

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
  const { seed = 1 } = options;
  const dice = seededDice(seed);
  const effort = Math.min(1000, Math.max(0.01, options.effort ?? 1));
  tell('walk', 0.1);
  const walkOn = (kicks: number, walks?: readonly RegionWalk[]): RegionWalk[] =>
    walkRegions({
      n: stops.n,
      metric: ground.metric,
      pairs: ground.pairs,
      region: stops.building.map((building) => region[building] as number),
      regions: ground.regions,
      kicks,
      dice,
      breathe: () => tell('walk', 0.2),
      ...(walks && { walks }),
    });
  const rough = walkOn(firstKicks(stops.n));
  if (options.onDraft !== undefined) {
    // Dice of its own: the cut is the same whether somebody looks at this one or not.
    const first = splitAndBetter(ground, rough, HASTY, 1, seededDice(seed), () => undefined);
    options.onDraft(tellCut(ground, first, aside));
  }
  const walks = walkOn(kicksFor(stops.n) * effort, rough);
  tell('split', 0.35);
  const found = splitAndBetter(ground, walks, THOROUGH, effort, dice, (share) => {
    tell('better', 0.4 + 0.55 * share);
  });
  tell('outlines', 0.95);
  return tellCut(ground, found, aside);
}

interface Drafted {
  readonly drafts: readonly DraftTurf[];
  readonly window: SizeWindow;
}

function splitAndBetter(
  ground: CutGround,
  walks: readonly RegionWalk[],
  how: Effort,
  effort: number,
  dice: Dice,
  tell: (share: number) => void,
): Drafted {
  const loads = weighBuildings(ground, walks);
  const dearness = dearnessOf(ground, walks, loads);
  const window = windowOf(ground.options, loads, ground);
  const split = splitRegions(ground, walks, loads, window, dearness);
  tell(0);
  const task = { loads, window, dearness, effort, dice, tell };
  return { drafts: betterCut(ground, split, task, how), window };
}

function tellCut(ground: CutGround, { drafts, window }: Drafted, aside: Cut['uncut']): Cut {
  const { stops, region, doors, options } = ground;
  const uncut: { id: string; reason: UncutReason }[] = [...aside];
  for (let stop = 0; stop < stops.n; stop++) {
    if ((region[stops.building[stop] as number] as number) >= 0) continue;
    for (const door of stops.doors[stop] ?? []) {
      uncut.push({ id: (doors[door] as CutDoor).id, reason: 'unreachable' });
    }
  }
  uncut.sort((a, b) => (a.id < b.id ? -1 : 1));
  const turfs = describeTurfs(ground, drafts, window);
  return {
    turfs,
    uncut,
    window: { low: window.low, high: window.high },
    estimated: (options.streets ?? []).length === 0,
  };
}
