import type { CutState } from './cut-state.ts';
import { SPREAD } from './pair-metres.ts';
import { sizePenalty } from './split-walk.ts';

/** Where a stop would go, filled in by the search: no object is made for each question. */
export interface FoundPlace {
  /** -1: nowhere. */
  turf: number;
  /** The stop that it goes behind; -1: before the first. */
  at: number;
  /** Metres from that stop and to the next; 0 where there is none. */
  readonly ways: Float64Array;
}

export interface PlaceSeeker {
  readonly found: FoundPlace;
  /** The cheapest place of a stop beside its neighbours, in any turf of its region. */
  readonly anywhere: (stop: number, price: number) => void;
  /** The cheapest place in one turf, also where none of its neighbours is; the walk's metres alone. */
  readonly within: (stop: number, turf: number) => void;
  /** What a building in a turf costs besides the walk there: the turf's size, its spread. */
  readonly besides: (building: number, stop: number, turf: number, price: number) => number;
  /** True, now and then, where a place is to be passed over. */
  readonly blink: () => boolean;
}

/** Chance that a place is passed over, so that the same round does not end the same each time. */
const BLINK = 0.01;

/**
 * Looks for the cheapest places of stops among those of their `asked` nearest neighbours that are in
 * turfs. `next` gives numbers in [0, 1).
 */
export function makePlaceSeeker(state: CutState, asked: number, next: () => number): PlaceSeeker {
  const { field, turf, next: follows, before, link, first, load, count, sumX, sumY } = state;
  const { near, metres, k, building, region, face, x, y, metresOf } = field;
  const { compactness, wholeFaces, window } = field;
  const { bits, keys, values, full } = field.table;
  const shift = 32 - bits;
  const mask = (1 << bits) - 1;
  const ways = new Float64Array(2);
  const found: FoundPlace = { turf: -1, at: -1, ways };

  /** Metres from a stop to another, by the stop's own row of the table. */
  const far = (stop: number, to: number): number => {
    const row = stop << bits;
    let at = Math.imul(to, SPREAD) >>> shift;
    for (;;) {
      const key = keys[row + at] as number;
      if (key === to) return values[row + at] as number;
      if (key === -1) return full[stop] === 0 ? field.guess(stop, to) : metresOf(stop, to);
      at = (at + 1) & mask;
    }
  };

  const waitForBlink = (): number => 1 + Math.floor(Math.log(1 - next()) / Math.log(1 - BLINK));
  let waits = waitForBlink();
  const blink = (): boolean => {
    waits -= 1;
    if (waits > 0) return false;
    waits = waitForBlink();
    return true;
  };

  const besides = (b: number, stop: number, one: number, price: number): number => {
    const now = load[one] as number;
    const held = field.load[b] as number;
    let sum = sizePenalty(now + held, window, price) - sizePenalty(now, window, price);
    const stops = count[one] as number;
    if (compactness > 0 && stops > 0) {
      const dx = (x[stop] as number) - (sumX[one] as number) / stops;
      const dy = (y[stop] as number) - (sumY[one] as number) / stops;
      sum += compactness * Math.sqrt(dx * dx + dy * dy);
    }
    return sum;
  };

  /** Cost of a face begun anew in a turf, judged by the stops it would stand between. */
  const facePrice = (stop: number, at: number, after: number): number => {
    if (wholeFaces === 0) return 0;
    const one = face[stop] as number;
    if (one < 0 || (at >= 0 && face[at] === one)) return 0;
    return after >= 0 && face[after] === one ? 0 : wholeFaces;
  };

  const anywhere = (stop: number, price: number): void => {
    const b = building[stop] as number;
    const home = region[b] as number;
    let least = Infinity;
    let [chosen, chosenAt, judged, base] = [-1, -1, -1, 0];
    let [behind, onwards] = [0, 0];
    for (let j = stop * k, end = j + asked; j < end; j++) {
      const other = near[j] as number;
      if (other < 0) break;
      const one = turf[other] as number;
      if (one < 0 || state.region[one] !== home) continue;
      if (one !== judged) {
        judged = one;
        base = besides(b, stop, one, price);
      }
      // A place costs at least nothing of the walk; what is dear already need not be asked.
      if (base >= least) continue;
      const here = metres[j] as number;
      const after = follows[other] as number;
      // Whoever is nearer was asked before: both ways are as long as this one, if not longer.
      if (base + (after < 0 ? here : here + here - (link[other] as number)) < least && !blink()) {
        const there = after < 0 ? 0 : far(stop, after);
        const all = base + here + there - (link[other] as number) + facePrice(stop, other, after);
        if (all < least) {
          [least, chosen, chosenAt] = [all, one, other];
          [behind, onwards] = [here, there];
        }
      }
      const ahead = before[other] as number;
      const spared = ahead < 0 ? 0 : (link[ahead] as number);
      if (base + (ahead < 0 ? here : here + here - spared) < least && !blink()) {
        const there = ahead < 0 ? 0 : far(stop, ahead);
        const all = base + here + there - spared + facePrice(stop, ahead, other);
        if (all < least) {
          [least, chosen, chosenAt] = [all, one, ahead];
          [behind, onwards] = [there, here];
        }
      }
    }
    found.turf = chosen;
    found.at = chosenAt;
    ways[0] = behind;
    ways[1] = onwards;
  };

  const within = (stop: number, one: number): void => {
    let least = Infinity;
    let at = -1;
    let [behind, onwards] = [0, 0];
    for (let j = stop * k, end = j + k; j < end; j++) {
      const other = near[j] as number;
      if (other < 0) break;
      if (turf[other] !== one) continue;
      const here = metres[j] as number;
      const after = follows[other] as number;
      const ahead = before[other] as number;
      const spared = ahead < 0 ? 0 : (link[ahead] as number);
      if ((after < 0 ? here : here + here - (link[other] as number)) < least) {
        const there = after < 0 ? 0 : far(stop, after);
        const all = here + there - (link[other] as number) + facePrice(stop, other, after);
        if (all < least) {
          [least, at] = [all, other];
          [behind, onwards] = [here, there];
        }
      }
      if ((ahead < 0 ? here : here + here - spared) < least) {
        const there = ahead < 0 ? 0 : far(stop, ahead);
        const all = here + there - spared + facePrice(stop, ahead, other);
        if (all < least) {
          [least, at] = [all, ahead];
          [behind, onwards] = [there, here];
        }
      }
    }
    if (least === Infinity) {
      // None of its neighbours is there: all of the turf is asked, each way once.
      let way = 0;
      for (let s = first[one] as number, last = -1; ; last = s, s = follows[s] as number) {
        const there = s < 0 ? 0 : far(stop, s);
        const all = way + there - (last < 0 ? 0 : (link[last] as number));
        if (all < least) {
          [least, at] = [all, last];
          [behind, onwards] = [way, there];
        }
        if (s < 0) break;
        way = there;
      }
    }
    found.turf = one;
    found.at = at;
    ways[0] = behind;
    ways[1] = onwards;
  };

  return { found, anywhere, within, besides, blink };
}
