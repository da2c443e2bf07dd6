import type { CutState } from './cut-state.ts';

/** More turfs than a round touches: five strings, and one for each building that they take out. */
const MOST = 256;

/** Turfs as they were before a round changed them, to put them back. */
export class TurfJournal {
  /** The turfs noted since the journal was cleared: the first `count`. */
  readonly touched = new Int32Array(MOST);
  count = 0;
  readonly #state: CutState;
  readonly #touchedAt: Int32Array;
  #round = 1;
  #stops = new Int32Array(1024);
  #links = new Float64Array(1024);
  #size = 0;
  readonly #sums = new Float64Array(4 * MOST);

  constructor(state: CutState) {
    this.#state = state;
    this.#touchedAt = new Int32Array(state.first.length);
  }

  clear(): void {
    this.count = 0;
    this.#size = 0;
    this.#round += 1;
  }

  has(turf: number): boolean {
    return this.#touchedAt[turf] === this.#round;
  }

  /** Notes a turf as it is; false when that was done since the journal was cleared. */
  note(turf: number): boolean {
    if (this.#touchedAt[turf] === this.#round) return false;
    const { first, next, link, load, count, sumX, sumY } = this.#state;
    this.#touchedAt[turf] = this.#round;
    const at = 4 * this.count;
    this.touched[this.count] = turf;
    this.count += 1;
    const sums = this.#sums;
    sums[at] = load[turf] as number;
    sums[at + 1] = count[turf] as number;
    sums[at + 2] = sumX[turf] as number;
    sums[at + 3] = sumY[turf] as number;
    const room = this.#size + (count[turf] as number);
    if (room > this.#stops.length) this.#grow(room);
    const [stops, links] = [this.#stops, this.#links];
    let size = this.#size;
    for (let s = first[turf] as number; s >= 0; s = next[s] as number) {
      stops[size] = s;
      links[size] = link[s] as number;
      size += 1;
    }
    this.#size = size;
    return true;
  }

  /** Puts all noted turfs back; the metres walked in all are the caller's. */
  undo(): void {
    const { first, last, next, before, link, turf, load, count, sumX, sumY } = this.#state;
    const [stops, links, sums] = [this.#stops, this.#links, this.#sums];
    let at = 0;
    for (let i = 0; i < this.count; i++) {
      const one = this.touched[i] as number;
      const held = sums[4 * i + 1] as number;
      load[one] = sums[4 * i] as number;
      count[one] = held;
      sumX[one] = sums[4 * i + 2] as number;
      sumY[one] = sums[4 * i + 3] as number;
      let ahead = -1;
      first[one] = held > 0 ? (stops[at] as number) : -1;
      for (const end = at + held; at < end; at++) {
        const stop = stops[at] as number;
        if (ahead >= 0) next[ahead] = stop;
        before[stop] = ahead;
        link[stop] = links[at] as number;
        turf[stop] = one;
        ahead = stop;
      }
      if (ahead >= 0) next[ahead] = -1;
      last[one] = ahead;
    }
  }

  #grow(room: number): void {
    const [stops, links] = [this.#stops, this.#links];
    this.#stops = new Int32Array(2 * room);
    this.#links = new Float64Array(2 * room);
    this.#stops.set(stops);
    this.#links.set(links);
  }
}
