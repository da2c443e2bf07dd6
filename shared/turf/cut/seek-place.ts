import type { CutState } from './cut-state.ts';
import { SPREAD } from './pair-metres.ts';
import { sizePenalty } from './split-walk.ts';

/** Where a stop would go, filled in by the search: no object is made for each question. */
export interface FoundPlace {
  /** -1: nowhere. */
  turf: number;
  /** The stop that it goes behind; -1: before the first. */
  at: number;
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
  const found: FoundPlace = { turf: -1, at: -1 };

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
      if (!blink()) {
        const walk = after < 0 ? here : here + far(stop, after) - (link[other] as number);
        const all = base + walk + facePrice(stop, other, after);
        if (all < least) [least, chosen, chosenAt] = [all, one, other];
      }
      const ahead = before[other] as number;
      if (!blink()) {
        const walk = ahead < 0 ? here : here + far(stop, ahead) - (link[ahead] as number);
        const all = base + walk + facePrice(stop, ahead, other);
        if (all < least) [least, chosen, chosenAt] = [all, one, ahead];
      }
    }
    found.turf = chosen;
    found.at = chosenAt;
  };

  const within = (stop: number, one: number): void => {
    let least = Infinity;
    let at = -1;
    for (let j = stop * k, end = j + k; j < end; j++) {
      const other = near[j] as number;
      if (other < 0) break;
      if (turf[other] !== one) continue;
      const here = metres[j] as number;
      const after = follows[other] as number;
      const behind =
        (after < 0 ? here : here + far(stop, after) - (link[other] as number)) +
        facePrice(stop, other, after);
      if (behind < least) [least, at] = [behind, other];
      const ahead = before[other] as number;
      const afore =
        (ahead < 0 ? here : here + far(stop, ahead) - (link[ahead] as number)) +
        facePrice(stop, ahead, other);
      if (afore < least) [least, at] = [afore, ahead];
    }
    if (least === Infinity) {
      least = state.priceOf(stop, one, -1);
      for (let s = first[one] as number; s >= 0; s = follows[s] as number) {
        const here = state.priceOf(stop, one, s);
        if (here < least) [least, at] = [here, s];
      }
    }
    found.turf = one;
    found.at = at;
  };

  return { found, anywhere, within, besides, blink };
}
