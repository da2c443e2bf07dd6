/** A typed array that grows: what objects hold in a hundred bytes, it holds in four or eight. */
export class Column<A extends Uint8Array | Uint32Array | Int32Array | Float64Array> {
  values: A;
  length = 0;
  readonly #make: (length: number) => A;

  constructor(make: (length: number) => A) {
    this.#make = make;
    this.values = make(1024);
  }

  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = this.#make(this.length * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length++] = value;
  }

  at(row: number): number {
    return this.values[row] ?? 0;
  }

  put(row: number, value: number): void {
    this.values[row] = value;
  }

  /** The same values in another order, without room for more. */
  reorder(order: Uint32Array): void {
    const next = this.#make(this.length);
    for (let i = 0; i < order.length; i++) next[i] = this.at(order[i] ?? 0);
    this.values = next;
  }
}

/** A column of small numbers, of whole ones, or of any. */
export const bytes = (): Column<Uint8Array> => new Column((n) => new Uint8Array(n));
export const words = (): Column<Uint32Array> => new Column((n) => new Uint32Array(n));
export const numbers = (): Column<Float64Array> => new Column((n) => new Float64Array(n));
