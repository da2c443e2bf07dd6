import type { Dice } from '../../kernel/random.ts';
import type { CutState } from './cut-state.ts';
import { sizePenalty } from './split-walk.ts';

export interface RuinOptions {
  readonly rounds: number;
  /** The stops around which turfs may be changed. */
  readonly seeds: Int32Array;
  /** Metres of worsening that are taken in about one case of three, at the start and at the end. */
  readonly hot: number;
  readonly cold: number;
  /** Metres a door outside of the window costs, at the start and at the end. */
  readonly price: number;
  readonly lastPrice: number;
  readonly dice: Dice;
  /** Called every few thousand rounds with the share done; true ends it where it stands. */
  readonly tick: (share: number) => boolean;
}

/** How many buildings a round takes out on average, the longest string of stops, neighbours asked. */
const RUINED = 9;
const LONGEST_STRING = 12;
const ASKED = 16;
/** Chance that a place is passed over, so that the same round does not end the same each time. */
const BLINK = 0.01;
const TICK = 2048;
/** How often turfs outside of the window are listed, and how often one of them is where a round begins. */
const MISFIT_EVERY = 512;
const MISFIT_SHARE = 0.05;

/**
 * Betters a cut: again and again strings of stops near each other are taken out of a few turfs and
 * put back where they add least to walk, size and spread; what is worse is taken or undone by
 * simulated annealing. All stops of a building go together. The number of turfs stays. Stops by
 * count of rounds, so that each machine finds the same. Method: slack induction by string removals
 * (Christiaens and Vanden Berghe 2020).
 */
export function ruinAndRecreate(state: CutState, options: RuinOptions): void {
  const { field, turf, next, before, link, first, load } = state;
  const { near, k, building, from, stops, region, x, y, compactness, window, metresOf } = field;
  const { dice, rounds, seeds } = options;
  const asked = Math.min(ASKED, k);
  const turfCount = first.length;
  if (seeds.length < 2 || turfCount < 2) return;

  // What a round touched, to take it back: the turfs' walks as they were.
  const touchedAt = new Int32Array(turfCount).fill(-1);
  const touched: number[] = [];
  const journal: number[] = [];
  const links: number[] = [];
  const sums: number[] = [];
  let costBefore = 0;
  let price = options.price;
  let round = 0;

  const touch = (one: number): void => {
    if (touchedAt[one] === round) return;
    touchedAt[one] = round;
    touched.push(one);
    sums.push(
      load[one] as number,
      state.count[one] as number,
      state.sumX[one] as number,
      state.sumY[one] as number,
    );
    journal.push(-1 - one);
    links.push(0);
    for (let s = first[one] as number; s >= 0; s = next[s] as number) {
      journal.push(s);
      links.push(link[s] as number);
    }
    costBefore += state.costBesides(one, price);
  };

  const gone: number[] = [];
  const takeBuilding = (b: number): void => {
    const one = turf[stops[from[b] as number] as number] as number;
    if (one < 0) return;
    for (let i = from[b] as number; i < (from[b + 1] as number); i++) {
      state.take(stops[i] as number);
    }
    load[one] = (load[one] as number) - (field.load[b] as number);
    gone.push(b);
  };

  /** Any stop; every so often one of a turf that has too many or too few. */
  const misfits: number[] = [];
  const chooseSeed = (): number => {
    if (round % MISFIT_EVERY === 0) {
      misfits.length = 0;
      for (let one = 0; one < turfCount; one++) {
        const held = load[one] as number;
        if ((held < window.low || held > window.high) && (first[one] as number) >= 0)
          misfits.push(one);
      }
    }
    if (misfits.length > 0 && dice.next() < MISFIT_SHARE) {
      const one = misfits[Math.floor(dice.next() * misfits.length)] as number;
      let stop = first[one] as number;
      for (
        let steps = dice.whole(0, Math.max(0, (state.count[one] as number) - 1));
        steps > 0;
        steps--
      )
        stop = next[stop] as number;
      if (stop >= 0) return stop;
    }
    return seeds[Math.floor(dice.next() * seeds.length)] as number;
  };

  const ruin = (): void => {
    const seed = chooseSeed();
    const strings = 1 + Math.floor(dice.next() * 4.2);
    let ruined = 0;
    const ruinAround = (stop: number): void => {
      const one = turf[stop] as number;
      if (one < 0 || touchedAt[one] === round) return;
      touch(one);
      ruined += 1;
      const most = Math.min(LONGEST_STRING, state.count[one] as number, (2 * RUINED) / strings);
      const length = Math.max(1, Math.ceil(dice.next() * most));
      // The string begins so many stops before the one that it is around.
      let start = stop;
      for (let back = dice.whole(0, length - 1); back > 0; back--) {
        const earlier = before[start] as number;
        if (earlier < 0) break;
        start = earlier;
      }
      const chosen: number[] = [];
      for (let s = start; s >= 0 && chosen.length < length; s = next[s] as number) chosen.push(s);
      for (const s of chosen) if ((turf[s] as number) >= 0) takeBuilding(building[s] as number);
    };
    ruinAround(seed);
    const home = region[building[seed] as number] as number;
    for (let j = 0; j < k; j++) {
      if (ruined >= strings) break;
      const stop = near[seed * k + j] as number;
      if (stop < 0) break;
      if (region[building[stop] as number] === home) ruinAround(stop);
    }
  };

  const sortGone = (): void => {
    const kind = dice.next() * 10;
    if (kind < 4) {
      for (let i = gone.length - 1; i > 0; i--) {
        const j = Math.floor(dice.next() * (i + 1));
        const held = gone[i] as number;
        gone[i] = gone[j] as number;
        gone[j] = held;
      }
      return;
    }
    if (kind < 8) {
      gone.sort((a, b) => (field.load[b] as number) - (field.load[a] as number) || a - b);
      return;
    }
    const a0 = stops[from[gone[0] as number] as number] as number;
    const away = (b: number): number => {
      const s = stops[from[b] as number] as number;
      return (
        Math.abs((x[s] as number) - (x[a0] as number)) +
        Math.abs((y[s] as number) - (y[a0] as number))
      );
    };
    if (kind < 9) gone.sort((a, b) => away(b) - away(a) || a - b);
    else gone.sort((a, b) => away(a) - away(b) || a - b);
  };

  /** What a building in a turf costs besides the walk there: the turf's size, its spread. */
  const besides = (b: number, stop: number, one: number): number => {
    const now = load[one] as number;
    const held = field.load[b] as number;
    let cost = sizePenalty(now + held, window, price) - sizePenalty(now, window, price);
    const count = state.count[one] as number;
    if (compactness > 0 && count > 0) {
      const dx = (x[stop] as number) - (state.sumX[one] as number) / count;
      const dy = (y[stop] as number) - (state.sumY[one] as number) / count;
      cost += compactness * Math.sqrt(dx * dx + dy * dy);
    }
    return cost;
  };

  /** Cost of a face begun anew in a turf, judged by the stops it would stand between. */
  const facePrice = (stop: number, at: number, after: number): number => {
    if (field.wholeFaces === 0) return 0;
    const one = field.face[stop] as number;
    if (one < 0 || (at >= 0 && field.face[at] === one)) return 0;
    return after >= 0 && field.face[after] === one ? 0 : field.wholeFaces;
  };

  let bestTurf = -1;
  let bestAt = -1;
  let bestCost = Infinity;
  const seekPlace = (b: number, stop: number, only: number): void => {
    bestTurf = -1;
    bestAt = -1;
    bestCost = Infinity;
    const home = region[b] as number;
    let judged = -1;
    let base = 0;
    const most = only >= 0 ? k : asked;
    for (let j = 0; j < most; j++) {
      const other = near[stop * k + j] as number;
      if (other < 0) break;
      const one = turf[other] as number;
      if (one < 0 || (only >= 0 && one !== only)) continue;
      if (state.region[one] !== home) continue;
      const here = field.metres[stop * k + j] as number;
      if (one !== judged) {
        judged = one;
        base = only >= 0 ? 0 : besides(b, stop, one);
      }
      // A place costs at least nothing of the walk; what is dear already need not be asked.
      if (base >= bestCost) continue;
      const after = next[other] as number;
      if (dice.next() >= BLINK) {
        const walk = after < 0 ? here : here + metresOf(stop, after) - (link[other] as number);
        const cost = base + walk + facePrice(stop, other, after);
        if (cost < bestCost) {
          bestCost = cost;
          bestTurf = one;
          bestAt = other;
        }
      }
      const ahead = before[other] as number;
      if (dice.next() >= BLINK) {
        const walk = ahead < 0 ? here : here + metresOf(ahead, stop) - (link[ahead] as number);
        const cost = base + walk + facePrice(stop, ahead, other);
        if (cost < bestCost) {
          bestCost = cost;
          bestTurf = one;
          bestAt = ahead;
        }
      }
    }
  };

  /** The cheapest place of a stop in one turf, also where none of its neighbours is. */
  const seekWithin = (b: number, stop: number, one: number): void => {
    seekPlace(b, stop, one);
    if (bestTurf >= 0) return;
    let at = -1;
    let least = state.priceOf(stop, one, -1);
    for (let s = first[one] as number; s >= 0; s = next[s] as number) {
      const cost = state.priceOf(stop, one, s);
      if (cost < least) {
        least = cost;
        at = s;
      }
    }
    bestAt = at;
  };

  const putBuilding = (b: number, one: number): void => {
    load[one] = (load[one] as number) + (field.load[b] as number);
  };

  /** A building of several stops is tried whole in each turf that one of them lies near to. */
  const candidates: number[] = [];
  const recreateMany = (b: number): boolean => {
    candidates.length = 0;
    const home = region[b] as number;
    const begin = from[b] as number;
    const end = from[b + 1] as number;
    for (let i = begin; i < end; i++) {
      const stop = stops[i] as number;
      for (let j = 0; j < asked && candidates.length < 5; j++) {
        const other = near[stop * k + j] as number;
        if (other < 0) break;
        const one = turf[other] as number;
        if (one >= 0 && state.region[one] === home && !candidates.includes(one))
          candidates.push(one);
      }
    }
    let least = Infinity;
    let chosen = -1;
    for (const one of candidates) {
      const lead = stops[begin] as number;
      let cost = besides(b, lead, one);
      if (cost >= least || dice.next() < BLINK) continue;
      const walkedBefore = state.walked;
      for (let i = begin; i < end; i++) {
        const stop = stops[i] as number;
        seekWithin(b, stop, one);
        state.put(stop, one, bestAt);
      }
      cost += state.walked - walkedBefore;
      for (let i = begin; i < end; i++) state.take(stops[i] as number);
      state.walked = walkedBefore;
      if (cost < least) {
        least = cost;
        chosen = one;
      }
    }
    if (chosen < 0) return false;
    touch(chosen);
    for (let i = begin; i < end; i++) {
      const stop = stops[i] as number;
      seekWithin(b, stop, chosen);
      state.put(stop, chosen, bestAt);
    }
    putBuilding(b, chosen);
    return true;
  };

  const recreate = (b: number): boolean => {
    const begin = from[b] as number;
    if ((from[b + 1] as number) - begin > 1) return recreateMany(b);
    const stop = stops[begin] as number;
    seekPlace(b, stop, -1);
    if (bestTurf < 0) return false;
    touch(bestTurf);
    state.put(stop, bestTurf, bestAt);
    putBuilding(b, bestTurf);
    return true;
  };

  /** What has no neighbour in any turf goes into the emptiest of those that the round touched. */
  const recreateAnywhere = (b: number): void => {
    let chosen = -1;
    for (const one of touched) {
      if (state.region[one] !== region[b]) continue;
      if (chosen < 0 || (load[one] as number) < (load[chosen] as number)) chosen = one;
    }
    for (let i = from[b] as number; i < (from[b + 1] as number); i++) {
      const stop = stops[i] as number;
      seekWithin(b, stop, chosen);
      state.put(stop, chosen, bestAt);
    }
    putBuilding(b, chosen);
  };

  const undo = (walked: number): void => {
    touched.forEach((one, i) => {
      first[one] = -1;
      state.last[one] = -1;
      load[one] = sums[4 * i] as number;
      state.count[one] = sums[4 * i + 1] as number;
      state.sumX[one] = sums[4 * i + 2] as number;
      state.sumY[one] = sums[4 * i + 3] as number;
    });
    let one = -1;
    let ahead = -1;
    for (let i = 0; i < journal.length; i++) {
      const stop = journal[i] as number;
      if (stop < 0) {
        one = -1 - stop;
        ahead = -1;
        continue;
      }
      if (ahead < 0) first[one] = stop;
      else next[ahead] = stop;
      before[stop] = ahead;
      next[stop] = -1;
      link[stop] = links[i] as number;
      turf[stop] = one;
      state.last[one] = stop;
      ahead = stop;
    }
    state.walked = walked;
  };

  const cool = (options.cold / options.hot) ** (1 / Math.max(1, rounds));
  let heat = options.hot;
  const steepen = (options.lastPrice / options.price) ** (1 / Math.max(1, rounds));
  for (round = 0; round < rounds; round++) {
    if (round % TICK === 0 && options.tick(round / rounds)) return;
    touched.length = 0;
    journal.length = 0;
    links.length = 0;
    sums.length = 0;
    gone.length = 0;
    costBefore = 0;
    const walkedBefore = state.walked;
    ruin();
    sortGone();
    for (const b of gone) if (!recreate(b)) recreateAnywhere(b);
    let costAfter = 0;
    for (const one of touched) costAfter += state.costBesides(one, price);
    const worse = costAfter - costBefore + state.walked - walkedBefore;
    if (worse > 0 && worse >= -heat * Math.log(1 - dice.next())) undo(walkedBefore);
    heat *= cool;
    price *= steepen;
  }
}
