/** More squares to either side than there are on the globe. */
const FAR = 1 << 21;

/** Which turf each square of a raster is of: the one with the nearest claim. Only claimed squares take room. */
export class CellOwners {
  readonly #side: number;
  #keys = new Float64Array(1024).fill(-1);
  #owner = new Int32Array(1024);
  #metres = new Float32Array(1024);
  #count = 0;
  /** How many squares each turf has. */
  readonly #owning: number[] = [];

  constructor(side: number) {
    this.#side = side;
  }

  /** Claims squares whose middle lies within `reach` of a place; `handicap` is added to the distance. */
  claimAround(x: number, y: number, reach: number, handicap: number, turf: number): void {
    const side = this.#side;
    const column = Math.floor(x / side);
    const row = Math.floor(y / side);
    const rings = Math.ceil(reach / side);
    for (let c = column - rings; c <= column + rings; c++) {
      for (let r = row - rings; r <= row + rings; r++) {
        const [dx, dy] = [(c + 0.5) * side - x, (r + 0.5) * side - y];
        const metres = Math.sqrt(dx * dx + dy * dy);
        if (metres <= reach || (c === column && r === row && handicap === 0)) {
          this.#claim(c, r, metres + handicap, turf);
        }
      }
    }
  }

  /** Gives a turf the nearest square that nobody has. */
  claimFree(x: number, y: number, turf: number): void {
    const [column, row] = [Math.floor(x / this.#side), Math.floor(y / this.#side)];
    for (let ring = 0; ; ring++) {
      for (let c = column - ring; c <= column + ring; c++) {
        for (let r = row - ring; r <= row + ring; r++) {
          if (Math.max(Math.abs(c - column), Math.abs(r - row)) !== ring) continue;
          if (this.ownerOf(c, r) >= 0) continue;
          this.#claim(c, r, 0, turf);
          return;
        }
      }
    }
  }

  has(turf: number): boolean {
    return (this.#owning[turf] ?? 0) > 0;
  }

  /** The turf of a square; -1 nobody's. */
  ownerOf(column: number, row: number): number {
    const at = this.#find(column, row);
    return this.#keys[at] === -1 ? -1 : (this.#owner[at] as number);
  }

  /** Columns and rows of each turf's squares, by turns, ascending. */
  cellsByTurf(turfs: number): number[][] {
    const cells = Array.from({ length: turfs }, (): number[] => []);
    const taken = this.#keys.filter((key) => key >= 0).sort();
    for (const key of taken) {
      const column = Math.floor(key / (2 * FAR)) - FAR;
      const row = (key % (2 * FAR)) - FAR;
      cells[this.ownerOf(column, row)]?.push(column, row);
    }
    return cells;
  }

  #claim(column: number, row: number, metres: number, turf: number): void {
    if (this.#count * 2 > this.#keys.length) this.#grow();
    const at = this.#find(column, row);
    if (this.#keys[at] === -1) {
      this.#keys[at] = (column + FAR) * 2 * FAR + row + FAR;
      this.#count += 1;
    } else {
      if ((this.#metres[at] as number) <= Math.fround(metres)) return;
      const before = this.#owner[at] as number;
      this.#owning[before] = (this.#owning[before] ?? 0) - 1;
    }
    this.#owner[at] = turf;
    this.#metres[at] = metres;
    this.#owning[turf] = (this.#owning[turf] ?? 0) + 1;
  }

  #find(column: number, row: number): number {
    const key = (column + FAR) * 2 * FAR + row + FAR;
    const mask = this.#keys.length - 1;
    let at = (Math.imul(column, 0x9e3779b1) ^ Math.imul(row, 0x85ebca6b)) & mask;
    for (let held = this.#keys[at]; held !== -1 && held !== key; held = this.#keys[at]) {
      at = (at + 1) & mask;
    }
    return at;
  }

  #grow(): void {
    const [keys, owner, metres] = [this.#keys, this.#owner, this.#metres];
    this.#keys = new Float64Array(2 * keys.length).fill(-1);
    this.#owner = new Int32Array(2 * keys.length);
    this.#metres = new Float32Array(2 * keys.length);
    keys.forEach((key, i) => {
      if (key < 0) return;
      const at = this.#find(Math.floor(key / (2 * FAR)) - FAR, (key % (2 * FAR)) - FAR);
      this.#keys[at] = key;
      this.#owner[at] = owner[i] as number;
      this.#metres[at] = metres[i] as number;
    });
  }
}
