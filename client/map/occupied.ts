/** Which places of a canvas are taken by words already, as circles in a grid of cells. */
export class Occupied {
  private readonly cells = new Map<number, number[]>();
  private readonly cell = 48;

  private each(x: number, y: number, radius: number, visit: (key: number) => boolean): boolean {
    const low = (n: number): number => Math.floor((n - radius) / this.cell);
    const high = (n: number): number => Math.floor((n + radius) / this.cell);
    for (let column = low(x); column <= high(x); column++) {
      for (let line = low(y); line <= high(y); line++) {
        if (visit(column * 65_536 + line)) return true;
      }
    }
    return false;
  }

  /** True when a circle touches one that is taken. */
  touches(x: number, y: number, radius: number): boolean {
    return this.each(x, y, radius, (key) => {
      const taken = this.cells.get(key);
      if (!taken) return false;
      for (let i = 0; i < taken.length; i += 3) {
        const dx = (taken[i] ?? 0) - x;
        const dy = (taken[i + 1] ?? 0) - y;
        const reach = (taken[i + 2] ?? 0) + radius;
        if (dx * dx + dy * dy < reach * reach) return true;
      }
      return false;
    });
  }

  take(x: number, y: number, radius: number): void {
    this.each(x, y, radius, (key) => {
      const taken = this.cells.get(key);
      if (taken) taken.push(x, y, radius);
      else this.cells.set(key, [x, y, radius]);
      return false;
    });
  }
}
