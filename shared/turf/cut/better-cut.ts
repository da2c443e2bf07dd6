import type { Dice } from '../../kernel/random.ts';
import type { CutGround, DraftTurf } from './cut-ground.ts';
import { CutState } from './cut-state.ts';
import { orderStops } from './order-stops.ts';
import { ruinAndRecreate } from './ruin-recreate.ts';
import { LAST_PRICE, PRICE } from './split-regions.ts';
import type { SizeWindow } from './split-walk.ts';

/** A part of the bettering: from hot to cold, in metres of worsening that are borne with. */
interface Stage {
  readonly share: number;
  readonly hot: number;
  readonly cold: number;
  readonly price: number;
  readonly lastPrice: number;
  readonly misfits: number;
  readonly ruined: number;
}

/** How hard a cut is bettered. */
export interface Effort {
  readonly roundsFor: (buildings: number) => number;
  readonly stages: readonly Stage[];
  /** Whether links that were guessed are measured at each stage's end. */
  readonly learns: boolean;
}

/**
 * All that there is time for: many rounds for each building of a neighbourhood, some six seconds of
 * them for a city, and fewer for a county, whose streets and long walk take the time.
 */
export const THOROUGH: Effort = {
  roundsFor: (buildings) => Math.min(100 * buildings, Math.max(110_000, 740_000 - 18 * buildings)),
  stages: [
    { share: 0.75, hot: 30, cold: 0.8, price: PRICE, lastPrice: 60, misfits: 0.05, ruined: 6 },
    // In the end what is of a wrong size comes first, and nothing that is good is given up.
    {
      share: 0.25,
      hot: 0.8,
      cold: 0.2,
      price: LAST_PRICE,
      lastPrice: LAST_PRICE,
      misfits: 0.25,
      ruined: 10,
    },
  ],
  learns: true,
};

/** What is wrong at first sight: for a cut to look at while the other is made. */
export const HASTY: Effort = {
  roundsFor: (buildings) => Math.min(1.5 * buildings, 60_000),
  stages: [{ share: 1, hot: 3, cold: 0.3, price: 60, lastPrice: 60, misfits: 0.1, ruined: 8 }],
  learns: false,
};

/** A round touches some four turfs: with turfs of thousands of stops fewer of them are borne. */
const MOST_STEPS = 1e8;

export interface BetterTask {
  readonly loads: Float64Array;
  readonly window: SizeWindow;
  readonly dearness: number;
  readonly effort: number;
  readonly dice: Dice;
  /** The share that is done. */
  readonly tell: (share: number) => void;
}

/** Shortens walks and evens sizes; towers stay as they are. */
export function betterCut(
  ground: CutGround,
  drafts: readonly DraftTurf[],
  { loads, window, dearness, effort, dice, tell }: BetterTask,
  { roundsFor, stages, learns }: Effort,
): DraftTurf[] {
  const { stops, from, ofBuilding, region, pairs, metric, options } = ground;
  const towers = drafts.filter(({ tower }) => tower !== null);
  let open = drafts.filter(({ tower }) => tower === null);
  const inRegion = new Map<number, number>();
  for (const { region: at } of open) inRegion.set(at, (inRegion.get(at) ?? 0) + 1);
  const seeds = Int32Array.from(
    open.flatMap((draft) => ((inRegion.get(draft.region) ?? 0) > 1 ? draft.stops : [])),
  ).sort();
  const field = {
    n: stops.n,
    x: stops.x,
    y: stops.y,
    building: stops.building,
    from,
    stops: ofBuilding,
    load: loads,
    region,
    face: metric.face,
    near: metric.near,
    metres: metric.metres,
    k: metric.k,
    metresOf: pairs.of,
    guess: pairs.guess,
    table: pairs.table,
    window,
    compactness: options.compactness ?? 0.3,
    wholeFaces: options.wholeFaces ?? 0,
  };
  const wished = roundsFor(stops.buildings) * effort;
  const size = 1 + stops.n / Math.max(1, open.length);
  const rounds = Math.round(Math.min(wished, (MOST_STEPS * Math.max(1, effort)) / size));
  let told = 0;
  for (const { share, hot, cold, price, lastPrice, misfits, ruined } of stages) {
    const begin = told;
    told += share;
    const turfs = open.map((draft) => Int32Array.from(draft.stops));
    let state = new CutState(field, turfs);
    const before = costOf(state, LAST_PRICE * dearness);
    ruinAndRecreate(state, {
      hot: hot * dearness,
      cold: cold * dearness,
      price: price * dearness,
      lastPrice: lastPrice * dearness,
      rounds: Math.round(rounds * share),
      seeds,
      misfits,
      ruined,
      dice,
      tick: (done) => {
        tell(begin + share * done);
        return false;
      },
    });
    // Too few rounds can end worse than they began.
    if (costOf(state, LAST_PRICE * dearness) > before) state = new CutState(field, turfs);
    open = open
      .map((draft, turf) => ({
        ...draft,
        load: state.load[turf] as number,
        stops: learns
          ? learnLinks(ground, orderStops(state.stopsOf(turf), pairs.of))
          : orderStops(state.stopsOf(turf), pairs.of),
      }))
      // One that ended without a stop is no turf.
      .filter((draft) => draft.stops.length > 0);
  }
  return [...towers, ...open];
}

/** Finds the exact metres of a walk's estimated links, and orders it once more if there were any. */
function learnLinks({ metric, pairs }: CutGround, order: number[]): number[] {
  let learnt = false;
  for (let i = 1; i < order.length; i++) {
    const [a, b] = [order[i - 1] as number, order[i] as number];
    if (pairs.isKnown(a, b)) continue;
    pairs.learn(a, b, metric.metresTo(a, [b])[0] as number);
    learnt = true;
  }
  return learnt ? orderStops(order, pairs.of) : order;
}

function costOf(state: CutState, price: number): number {
  let cost = state.walked[0] as number;
  for (let turf = 0; turf < state.first.length; turf++) cost += state.costBesides(turf, price);
  return cost;
}
