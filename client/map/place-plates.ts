/** The plate of a name on the canvas: where its middle would best be, and how large it is. */
export interface Plate {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Room between two plates, in CSS pixels. */
const GAP = 3;
/** Tried in this order, as shares of the plate's own size: first where it belongs. */
const SHIFTS: readonly (readonly [x: number, y: number])[] = [
  [0, 0],
  [0, 0.6],
  [0, -0.6],
  [0.4, 0],
  [-0.4, 0],
];
/** Squares in which plates are looked for. */
const CELL = 128;

/** Gives plates their places one after the other, none over another. */
export class PlatePlaces {
  private readonly cells = new Map<string, Plate[]>();

  /** A place for the first of these sizes of a plate that fits, and takes it; null when none does. */
  place(
    x: number,
    y: number,
    sizes: readonly { readonly width: number; readonly height: number }[],
  ): { readonly plate: Plate; readonly size: number } | null {
    for (const [size, { width, height }] of sizes.entries()) {
      for (const [right, down] of SHIFTS) {
        const plate = { x: x + right * width, y: y + down * height, width, height };
        if (this.touches(plate)) continue;
        for (const cell of cellsOf(plate)) {
          const taken = this.cells.get(cell);
          if (taken) taken.push(plate);
          else this.cells.set(cell, [plate]);
        }
        return { plate, size };
      }
    }
    return null;
  }

  private touches(plate: Plate): boolean {
    return cellsOf(plate).some((cell) =>
      (this.cells.get(cell) ?? []).some(
        (other) =>
          Math.abs(other.x - plate.x) * 2 < other.width + plate.width + 2 * GAP &&
          Math.abs(other.y - plate.y) * 2 < other.height + plate.height + 2 * GAP,
      ),
    );
  }
}

function cellsOf({ x, y, width, height }: Plate): string[] {
  const cells: string[] = [];
  const [left, right] = [x - width / 2 - GAP, x + width / 2 + GAP];
  const [top, bottom] = [y - height / 2 - GAP, y + height / 2 + GAP];
  for (let column = Math.floor(left / CELL); column <= Math.floor(right / CELL); column++) {
    for (let row = Math.floor(top / CELL); row <= Math.floor(bottom / CELL); row++) {
      cells.push(`${column} ${row}`);
    }
  }
  return cells;
}
