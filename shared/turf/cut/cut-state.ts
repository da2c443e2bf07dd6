import type { PairTable } from './pair-metres.ts';
import { sizePenalty, type SizeWindow } from './split-walk.ts';

/** What is cut: stops on foot, the buildings that they belong to, and what weighs in the balance. */
export interface CutField {
  readonly n: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** The building of each stop; its stops are `from[b]` to `from[b + 1] - 1` of `stops`. */
  readonly building: Int32Array;
  readonly from: Int32Array;
  readonly stops: Int32Array;
  /** The load of each building: doors, households or minutes. */
  readonly load: Float64Array;
  /** Buildings of two regions are never in one turf. */
  readonly region: Int32Array;
  /** The face of a block on which each stop lies; -1 not known. */
  readonly face: Int32Array;
  readonly near: Int32Array;
  /** Metres to each of `near`. */
  readonly metres: Float32Array;
  readonly k: number;
  readonly metresOf: (a: number, b: number) => number;
  /** What is guessed of a pair that is in no list. */
  readonly guess: (a: number, b: number) => number;
  readonly table: PairTable;
  readonly window: SizeWindow;
  /** Metres for each metre that a stop lies from the middle of its turf. */
  readonly compactness: number;
  /** Metres for each turf more than one that has doors on a face. */
  readonly wholeFaces: number;
}

/**
 * Turfs as walks that can be changed: which stop follows which in which turf, with loads and middles
 * kept up. Stops that are in no turf have `turf` -1.
 */
export class CutState {
  readonly field: CutField;
  readonly turf: Int32Array;
  readonly next: Int32Array;
  readonly before: Int32Array;
  /** Metres to the next stop; 0 at the last. */
  readonly link: Float64Array;
  readonly first: Int32Array;
  readonly last: Int32Array;
  readonly load: Float64Array;
  readonly count: Int32Array;
  readonly sumX: Float64Array;
  readonly sumY: Float64Array;
  readonly region: Int32Array;
  /** Metres of all walks, in a number of its own. */
  readonly walked = new Float64Array(1);

  constructor(field: CutField, turfs: readonly Int32Array[]) {
    const { n } = field;
    const room = turfs.length;
    this.field = field;
    this.turf = new Int32Array(n).fill(-1);
    this.next = new Int32Array(n).fill(-1);
    this.before = new Int32Array(n).fill(-1);
    this.link = new Float64Array(n);
    this.first = new Int32Array(room).fill(-1);
    this.last = new Int32Array(room).fill(-1);
    this.load = new Float64Array(room);
    this.count = new Int32Array(room);
    this.sumX = new Float64Array(room);
    this.sumY = new Float64Array(room);
    this.region = new Int32Array(room);
    turfs.forEach((stops, turf) => {
      this.region[turf] = field.region[field.building[stops[0] ?? 0] as number] as number;
      for (const stop of stops) this.put(stop, turf, this.last[turf] as number);
    });
    const held = new Uint8Array(field.load.length);
    for (let stop = 0; stop < n; stop++) {
      const building = field.building[stop] as number;
      const turf = this.turf[stop] as number;
      if (turf < 0 || held[building] === 1) continue;
      held[building] = 1;
      this.load[turf] = (this.load[turf] as number) + (field.load[building] as number);
    }
  }

  /** Puts a stop behind `at` in a turf (-1: before its first). Its load is the caller's to add. */
  put(stop: number, turf: number, at: number): void {
    const { metresOf } = this.field;
    const after = at < 0 ? (this.first[turf] as number) : (this.next[at] as number);
    const behind = at < 0 ? 0 : metresOf(at, stop);
    this.putBetween(stop, turf, at, behind, after < 0 ? 0 : metresOf(stop, after));
  }

  /** The same, where the metres from `at` and on to the next stop are known; 0 where there is none. */
  putBetween(stop: number, turf: number, at: number, behind: number, onwards: number): void {
    const { x, y } = this.field;
    let walked = (this.walked[0] as number) + behind + onwards;
    const after = at < 0 ? (this.first[turf] as number) : (this.next[at] as number);
    if (at >= 0) {
      walked -= this.link[at] as number;
      this.next[at] = stop;
      this.link[at] = behind;
    } else this.first[turf] = stop;
    if (after >= 0) this.before[after] = stop;
    else this.last[turf] = stop;
    this.link[stop] = onwards;
    this.before[stop] = at;
    this.next[stop] = after;
    this.turf[stop] = turf;
    this.count[turf] = (this.count[turf] as number) + 1;
    this.sumX[turf] = (this.sumX[turf] as number) + (x[stop] as number);
    this.sumY[turf] = (this.sumY[turf] as number) + (y[stop] as number);
    this.walked[0] = walked;
  }

  /** Takes a stop out of its turf. Its load is the caller's to take off. */
  take(stop: number): void {
    this.takeRun(stop, stop);
  }

  /** Takes out the stops of a turf from one to another that follows it. Loads are the caller's. */
  takeRun(from: number, to: number): void {
    const { metresOf, x, y } = this.field;
    const turf = this.turf[from] as number;
    const at = this.before[from] as number;
    const after = this.next[to] as number;
    let walked = this.walked[0] as number;
    let count = this.count[turf] as number;
    let sumX = this.sumX[turf] as number;
    let sumY = this.sumY[turf] as number;
    for (let stop = from; stop !== after; stop = this.next[stop] as number) {
      walked -= this.link[stop] as number;
      this.turf[stop] = -1;
      count -= 1;
      sumX -= x[stop] as number;
      sumY -= y[stop] as number;
    }
    if (at >= 0) {
      const metres = after < 0 ? 0 : metresOf(at, after);
      walked += metres - (this.link[at] as number);
      this.link[at] = metres;
      this.next[at] = after;
    } else this.first[turf] = after;
    if (after >= 0) this.before[after] = at;
    else this.last[turf] = at;
    this.count[turf] = count;
    this.sumX[turf] = sumX;
    this.sumY[turf] = sumY;
    this.walked[0] = walked;
  }

  /** What a turf costs besides its walk: its size and how far it spreads. */
  costBesides(turf: number, price: number): number {
    return this.sizeCost(turf, price) + this.shapeCost(turf);
  }

  sizeCost(turf: number, price: number): number {
    return sizePenalty(this.load[turf] as number, this.field.window, price);
  }

  /** What its spread and its faces cost. */
  shapeCost(turf: number): number {
    const { compactness, wholeFaces } = this.field;
    let cost = 0;
    if (compactness > 0) cost += compactness * this.spreadOf(turf);
    if (wholeFaces > 0) cost += wholeFaces * this.facesOf(turf);
    return cost;
  }

  spreadOf(turf: number): number {
    const { x, y } = this.field;
    const count = this.count[turf] as number;
    const middleX = (this.sumX[turf] as number) / count;
    const middleY = (this.sumY[turf] as number) / count;
    let spread = 0;
    for (let stop = this.first[turf] as number; stop >= 0; stop = this.next[stop] as number) {
      const dx = (x[stop] as number) - middleX;
      const dy = (y[stop] as number) - middleY;
      spread += Math.sqrt(dx * dx + dy * dy);
    }
    return spread;
  }

  private readonly seen: number[] = [];
  facesOf(turf: number): number {
    const { face } = this.field;
    const { seen } = this;
    seen.length = 0;
    for (let stop = this.first[turf] as number; stop >= 0; stop = this.next[stop] as number) {
      const one = face[stop] as number;
      if (one >= 0 && !seen.includes(one)) seen.push(one);
    }
    return seen.length;
  }

  /** The stops of a turf in the order of its walk. */
  stopsOf(turf: number): number[] {
    const stops: number[] = [];
    for (let stop = this.first[turf] as number; stop >= 0; stop = this.next[stop] as number)
      stops.push(stop);
    return stops;
  }
}
