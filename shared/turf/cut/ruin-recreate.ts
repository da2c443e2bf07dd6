import type { Dice } from '../../kernel/random.ts';
import type { CutState } from './cut-state.ts';
import { makePlaceSeeker } from './seek-place.ts';
import { TurfJournal } from './turf-journal.ts';

export interface RuinOptions {
  readonly rounds: number;
  /** The stops around which turfs may be changed, neighbours near each other in the list. */
  readonly seeds: Int32Array;
  /** Metres of worsening that are taken in about one case of three, at the start and at the end. */
  readonly hot: number;
  readonly cold: number;
  /** Metres a door outside of the window costs, at the start and at the end. */
  readonly price: number;
  readonly lastPrice: number;
  /** The share of rounds that begin at a turf outside of the window. */
  readonly misfits: number;
  /** How many buildings a round takes out on average. */
  readonly ruined: number;
  readonly dice: Dice;
  /** Called every few thousand rounds with the share done; true ends it where it stands. */
  readonly tick: (share: number) => boolean;
}

/** The longest string of stops, neighbours asked. */
const LONGEST_STRING = 12;
const ASKED = 16;
const TICK = 2048;
/** How often turfs outside of the window are listed. */
const MISFIT_EVERY = 512;
/** Turfs that a building of several stops is tried in. */
const TRIED = 3;
/** Stops beside each other that rounds begin at, and how often the whole field is gone through. */
const WINDOW = 600;
const PASSES = 20;

/**
 * Betters a cut: again and again strings of stops near each other are taken out of a few turfs and
 * put back where they add least to walk, size and spread; what is worse is taken or undone by
 * simulated annealing. All stops of a building go together. The number of turfs stays. Ends by
 * count of rounds, so that each machine finds the same. Rounds go through the field from end to end,
 * many times: what one needs of the machine's memory the one before it has just read. Method: slack
 * induction by string removals (Christiaens and Vanden Berghe 2020).
 */
export function ruinAndRecreate(state: CutState, options: RuinOptions): void {
  const { field, turf, next, before, first, load, walked } = state;
  const { near, k, building, from, stops, region, x, y, window } = field;
  const { dice, rounds, ruined, seeds } = options;
  const turfCount = first.length;
  if (seeds.length < 2 || turfCount < 2) return;
  const below = (most: number): number => Math.floor(dice.next() * most);
  const journal = new TurfJournal(state);
  const seeker = makePlaceSeeker(state, Math.min(ASKED, k), () => dice.next());
  const { found } = seeker;
  const { ways } = found;
  /** What the turfs touched in a round cost besides their walks, before it; the price; the heat. */
  const now = new Float64Array(3);
  let round = 0;

  /** What the shape of each turf costs, kept for as long as it stands. */
  const shape = Float64Array.from(first, (_, one) => state.shapeCost(one));
  const shapeAfter = new Float64Array(turfCount);
  const touch = (one: number): void => {
    if (!journal.note(one)) return;
    now[0] = (now[0] as number) + state.sizeCost(one, now[1] as number) + (shape[one] as number);
  };

  /** Buildings that are in no turf now, the first `goneCount`. Lists that are emptied by a count keep their room. */
  const gone = new Int32Array(8 * LONGEST_STRING);
  let goneCount = 0;
  const takeBuilding = (b: number): void => {
    const one = turf[stops[from[b] as number] as number] as number;
    if (one < 0) return;
    for (let i = from[b] as number; i < (from[b + 1] as number); i++) {
      state.take(stops[i] as number);
    }
    load[one] = (load[one] as number) - (field.load[b] as number);
    gone[goneCount++] = b;
  };

  /** A stop of the part of the field that is at work; every so often one of a turf of a wrong size. */
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
    if (misfits.length > 0 && dice.next() < options.misfits) {
      const one = misfits[below(misfits.length)] as number;
      let stop = first[one] as number;
      for (let steps = below(state.count[one] as number); steps > 0; steps--) {
        stop = next[stop] as number;
      }
      if (stop >= 0) return stop;
    }
    const begin = Math.floor((round / rounds) * PASSES * seeds.length);
    return seeds[(begin + below(WINDOW)) % seeds.length] as number;
  };

  const chosen = new Int32Array(LONGEST_STRING);
  const ruinAround = (stop: number, strings: number): boolean => {
    const one = turf[stop] as number;
    if (one < 0 || journal.has(one)) return false;
    touch(one);
    const most = Math.min(LONGEST_STRING, state.count[one] as number, (2 * ruined) / strings);
    const length = Math.max(1, Math.ceil(dice.next() * most));
    // The string begins so many stops before the one that it is around.
    let start = stop;
    for (let back = below(length); back > 0; back--) {
      const earlier = before[start] as number;
      if (earlier < 0) break;
      start = earlier;
    }
    let size = 0;
    for (let s = start; s >= 0 && size < length; s = next[s] as number) chosen[size++] = s;
    let [head, tail] = [-1, -1];
    for (let i = 0; i < size; i++) {
      const s = chosen[i] as number;
      const b = building[s] as number;
      if ((from[b + 1] as number) - (from[b] as number) > 1) takeBuilding(b);
      else {
        if (head < 0) head = s;
        tail = s;
        load[one] = (load[one] as number) - (field.load[b] as number);
        gone[goneCount++] = b;
      }
    }
    // What is left of the string lies beside each other now, and goes at once.
    if (head >= 0) state.takeRun(head, tail);
    return true;
  };
  const ruin = (): void => {
    const seed = chooseSeed();
    const strings = 1 + Math.floor(dice.next() * 4.2);
    let begun = ruinAround(seed, strings) ? 1 : 0;
    const home = region[building[seed] as number] as number;
    for (let j = seed * k, end = j + k; j < end && begun < strings; j++) {
      const stop = near[j] as number;
      if (stop < 0) break;
      if (region[building[stop] as number] === home && ruinAround(stop, strings)) begun += 1;
    }
  };

  const rank = new Float64Array(8 * LONGEST_STRING);
  /** The order in which what was taken out is put back: by chance, large ones, far or near ones first. */
  const sortGone = (): void => {
    const kind = dice.next() * 10;
    const a0 = stops[from[gone[0] as number] as number] as number;
    for (let i = 0; i < goneCount; i++) {
      const b = gone[i] as number;
      const s = stops[from[b] as number] as number;
      const away =
        Math.abs((x[s] as number) - (x[a0] as number)) +
        Math.abs((y[s] as number) - (y[a0] as number));
      const key =
        kind < 4 ? dice.next() : kind < 8 ? -(field.load[b] as number) : kind < 9 ? -away : away;
      let at = i;
      while (at > 0) {
        const ahead = rank[at - 1] as number;
        if (ahead < key || (ahead === key && (gone[at - 1] as number) < b)) break;
        rank[at] = ahead;
        gone[at] = gone[at - 1] as number;
        at -= 1;
      }
      rank[at] = key;
      gone[at] = b;
    }
  };

  const putBuilding = (b: number, one: number): void => {
    load[one] = (load[one] as number) + (field.load[b] as number);
  };

  /** A building of several stops is tried whole in each turf that one of them lies near to. */
  const candidates = new Int32Array(TRIED);
  const asked = new Int32Array(turfCount);
  let question = 0;
  let most = 1;
  for (let b = 0; b + 1 < from.length; b++) {
    most = Math.max(most, (from[b + 1] as number) - (from[b] as number));
  }
  const places = new Int32Array(most);
  const bestPlaces = new Int32Array(most);
  const recreateMany = (b: number): boolean => {
    let tried = 0;
    question += 1;
    const home = region[b] as number;
    const begin = from[b] as number;
    const end = from[b + 1] as number;
    for (let i = begin; i < end && tried < TRIED; i++) {
      const stop = stops[i] as number;
      for (let j = stop * k, to = j + Math.min(ASKED, k); j < to; j++) {
        const other = near[j] as number;
        if (other < 0 || tried === TRIED) break;
        const one = turf[other] as number;
        if (one < 0 || asked[one] === question || state.region[one] !== home) continue;
        asked[one] = question;
        candidates[tried++] = one;
      }
    }
    let least = Infinity;
    let best = -1;
    for (let c = 0; c < tried; c++) {
      const one = candidates[c] as number;
      const price = seeker.besides(b, stops[begin] as number, one, now[1] as number);
      if (price >= least || seeker.blink()) continue;
      const walkedBefore = walked[0] as number;
      let i = begin;
      // A stop more makes no walk shorter: what is dearer already need not be laid out to its end.
      for (; i < end && price + (walked[0] as number) - walkedBefore < least; i++) {
        const stop = stops[i] as number;
        seeker.within(stop, one);
        places[i - begin] = found.at;
        state.putBetween(stop, one, found.at, ways[0] as number, ways[1] as number);
      }
      const all = price + (walked[0] as number) - walkedBefore;
      if (i === end && all < least) {
        least = all;
        best = one;
        bestPlaces.set(places);
      }
      while (i > begin) state.take(stops[--i] as number);
      walked[0] = walkedBefore;
    }
    if (best < 0) return false;
    touch(best);
    for (let i = begin; i < end; i++) {
      state.put(stops[i] as number, best, bestPlaces[i - begin] as number);
    }
    putBuilding(b, best);
    return true;
  };

  const recreate = (b: number): boolean => {
    const begin = from[b] as number;
    if ((from[b + 1] as number) - begin > 1) return recreateMany(b);
    const stop = stops[begin] as number;
    seeker.anywhere(stop, now[1] as number);
    if (found.turf < 0) return false;
    touch(found.turf);
    state.putBetween(stop, found.turf, found.at, ways[0] as number, ways[1] as number);
    putBuilding(b, found.turf);
    return true;
  };

  /** What has no neighbour in any turf goes into the emptiest of those that the round touched. */
  const recreateAnywhere = (b: number): void => {
    const { touched, count } = journal;
    let emptiest = -1;
    for (let i = 0; i < count; i++) {
      const one = touched[i] as number;
      if (state.region[one] !== region[b]) continue;
      if (emptiest < 0 || (load[one] as number) < (load[emptiest] as number)) emptiest = one;
    }
    for (let i = from[b] as number; i < (from[b + 1] as number); i++) {
      const stop = stops[i] as number;
      seeker.within(stop, emptiest);
      state.put(stop, emptiest, found.at);
    }
    putBuilding(b, emptiest);
  };

  const cool = (options.cold / options.hot) ** (1 / Math.max(1, rounds));
  const steepen = (options.lastPrice / options.price) ** (1 / Math.max(1, rounds));
  now[1] = options.price;
  now[2] = options.hot;
  for (round = 0; round < rounds; round++) {
    if (round % TICK === 0 && options.tick(round / rounds)) return;
    journal.clear();
    goneCount = 0;
    now[0] = 0;
    const walkedBefore = walked[0] as number;
    ruin();
    sortGone();
    for (let i = 0; i < goneCount; i++) {
      const b = gone[i] as number;
      if (!recreate(b)) recreateAnywhere(b);
    }
    let worse = (walked[0] as number) - walkedBefore - now[0];
    const { touched, count } = journal;
    for (let i = 0; i < count; i++) {
      const one = touched[i] as number;
      const after = state.shapeCost(one);
      shapeAfter[one] = after;
      worse += state.sizeCost(one, now[1]) + after;
    }
    if (worse > 0 && worse >= -now[2] * Math.log(1 - dice.next())) {
      journal.undo();
      walked[0] = walkedBefore;
    } else {
      for (let i = 0; i < count; i++) {
        const one = touched[i] as number;
        shape[one] = shapeAfter[one] as number;
      }
    }
    now[1] = now[1] * steepen;
    now[2] = now[2] * cool;
  }
}
