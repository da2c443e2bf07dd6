/** Metres of one box; some forty buildings of a town stand in one. */
const BOX = 250;
/** More boxes a side than this say nothing more. */
const MOST_SIDE = 512;

/** Doors in boxes over the ground, so that what lies near is found without asking all of them. */
export class DoorGrid {
  readonly #box: number;
  readonly #west: number;
  readonly #south: number;
  readonly #columns: number;
  readonly #rows: number;
  readonly #from: Uint32Array;
  readonly #items: Uint32Array;

  /** `x` and `y` in metres. */
  constructor(x: Float64Array, y: Float64Array) {
    const [west, east] = boundsOf(x);
    const [south, north] = boundsOf(y);
    this.#west = west;
    this.#south = south;
    this.#box = Math.max(BOX, (east - west) / MOST_SIDE, (north - south) / MOST_SIDE);
    this.#columns = Math.floor((east - west) / this.#box) + 1;
    this.#rows = Math.floor((north - south) / this.#box) + 1;
    this.#from = new Uint32Array(this.#columns * this.#rows + 1);
    this.#items = new Uint32Array(x.length);
    const at = x.map(
      (value, i) => this.#rowAt(y[i] as number) * this.#columns + this.#columnAt(value),
    );
    for (const box of at) this.#from[box + 1] = (this.#from[box + 1] as number) + 1;
    for (let box = 1; box < this.#from.length; box++) {
      this.#from[box] = (this.#from[box] as number) + (this.#from[box - 1] as number);
    }
    const next = this.#from.slice();
    at.forEach((box, i) => {
      const place = next[box] as number;
      this.#items[place] = i;
      next[box] = place + 1;
    });
  }

  /** All doors within bounds in metres, and some around them; by no order that means anything. */
  around(west: number, south: number, east: number, north: number): number[] {
    const found: number[] = [];
    const [left, right] = [this.#columnAt(west), this.#columnAt(east)];
    for (let row = this.#rowAt(south); row <= this.#rowAt(north); row++) {
      const start = this.#from[row * this.#columns + left] as number;
      const end = this.#from[row * this.#columns + right + 1] as number;
      for (let i = start; i < end; i++) found.push(this.#items[i] as number);
    }
    return found;
  }

  #columnAt(x: number): number {
    return Math.min(this.#columns - 1, Math.max(0, Math.floor((x - this.#west) / this.#box)));
  }

  #rowAt(y: number): number {
    return Math.min(this.#rows - 1, Math.max(0, Math.floor((y - this.#south) / this.#box)));
  }
}

function boundsOf(values: Float64Array): [least: number, most: number] {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return least <= most ? [least, most] : [0, 0];
}
