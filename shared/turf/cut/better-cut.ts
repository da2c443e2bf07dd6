import type { Dice } from '../../kernel/random.ts';
import type { CutProgress } from './cut.ts';
import type { CutGround, DraftTurf } from './cut-ground.ts';
import { CutState } from './cut-state.ts';
import { orderStops } from './order-stops.ts';
import { ruinAndRecreate } from './ruin-recreate.ts';
import { LAST_PRICE, PRICE } from './split-regions.ts';
import type { SizeWindow } from './split-walk.ts';

/**
 * Rounds of bettering: many for each building of a neighbourhood, about as long as a city's for a
 * city, and fewer for a county, whose streets and long walk take the time.
 */
function roundsFor(buildings: number): number {
  return Math.min(32 * buildings, Math.max(60_000, 200_000 - 4 * buildings));
}

/** Shortens walks and evens sizes; towers stay as they are. */
export function betterCut(
  ground: CutGround,
  drafts: readonly DraftTurf[],
  loads: Float64Array,
  window: SizeWindow,
  dearness: number,
  effort: number,
  dice: Dice,
  tell: (step: CutProgress['step'], share: number) => void,
): DraftTurf[] {
  const { stops, from, ofBuilding, region, pairs, metric, options } = ground;
  const towers = drafts.filter(({ tower }) => tower !== null);
  let open = drafts.filter(({ tower }) => tower === null);
  const inRegion = new Map<number, number>();
  for (const { region: at } of open) inRegion.set(at, (inRegion.get(at) ?? 0) + 1);
  const seeds = Int32Array.from(
    open.flatMap((draft) => ((inRegion.get(draft.region) ?? 0) > 1 ? draft.stops : [])),
  );
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
    window,
    compactness: options.compactness ?? 0.3,
    wholeFaces: options.wholeFaces ?? 0,
  };
  const rounds = Math.round(roundsFor(stops.buildings) * effort);
  const stages = [
    { share: 0.75, hot: 15, cold: 0.8, price: PRICE, lastPrice: LAST_PRICE, begin: 0.4, end: 0.75 },
    {
      share: 0.25,
      hot: 0.8,
      cold: 0.2,
      price: LAST_PRICE,
      lastPrice: LAST_PRICE,
      begin: 0.75,
      end: 0.95,
    },
  ];
  for (const { share, begin, end, hot, cold, price, lastPrice } of stages) {
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
      dice,
      tick: (done) => {
        tell('better', begin + (end - begin) * done);
        return false;
      },
    });
    // Too few rounds can end worse than they began.
    if (costOf(state, LAST_PRICE * dearness) > before) state = new CutState(field, turfs);
    open = open
      .map((draft, turf) => ({
        ...draft,
        load: state.load[turf] as number,
        stops: learnLinks(ground, orderStops(state.stopsOf(turf), pairs.of)),
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
  let cost = state.walked;
  for (let turf = 0; turf < state.first.length; turf++) cost += state.costBesides(turf, price);
  return cost;
}
