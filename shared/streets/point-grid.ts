/** Finds things by place: each cell of a grid lists what lies in it or passes through it. */
export interface CellGrid {
  readonly cell: number;
  readonly west: number;
  readonly south: number;
  readonly columns: number;
  readonly rows: number;
  /** Items of cell c are `items[from[c]]` to `items[from[c + 1] - 1]`. */
  readonly from: Int32Array;
  readonly items: Int32Array;
}

const MOST_CELLS = 1 << 20;

/** The bounds of some points; all zero when there are none. */
export interface Bounds {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

export function boundsOf(x: ArrayLike<number>, y: ArrayLike<number>): Bounds {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < x.length; i++) {
    const [px, py] = [x[i] as number, y[i] as number];
    if (!Number.isFinite(px) || !Number.isFinite(py)) continue;
    if (px < west) west = px;
    if (px > east) east = px;
    if (py < south) south = py;
    if (py > north) north = py;
  }
  return west > east ? { west: 0, south: 0, east: 0, north: 0 } : { west, south, east, north };
}

/**
 * A grid over bounds whose cells are about `cell` metres wide, wider where that would be more than
 * a million cells. `fill` calls its argument once for each item and cell; it is run twice and must
 * do the same both times.
 */
export function makeGrid(
  { west, south, east, north }: Bounds,
  cell: number,
  fill: (put: (item: number, x: number, y: number) => void) => void,
): CellGrid {
  const [wide, high] = [east - west, north - south];
  let size = cell;
  while ((wide / size + 1) * (high / size + 1) > MOST_CELLS) size *= 2;
  const columns = Math.floor(wide / size) + 1;
  const rows = Math.floor(high / size) + 1;
  const from = new Int32Array(columns * rows + 1);
  const cellAt = (x: number, y: number): number => {
    const column = Math.min(columns - 1, Math.max(0, Math.floor((x - west) / size)));
    const row = Math.min(rows - 1, Math.max(0, Math.floor((y - south) / size)));
    return row * columns + column;
  };
  fill((_, x, y) => {
    const at = cellAt(x, y) + 1;
    from[at] = (from[at] as number) + 1;
  });
  for (let c = 0; c < columns * rows; c++)
    from[c + 1] = (from[c + 1] as number) + (from[c] as number);
  const next = from.slice();
  const items = new Int32Array(from[columns * rows] as number);
  fill((item, x, y) => {
    const at = cellAt(x, y);
    items[next[at] as number] = item;
    next[at] = (next[at] as number) + 1;
  });
  return { cell: size, west, south, columns, rows, from, items };
}

/**
 * Calls `visit` with the items of the cells at exactly `ring` cells from the point's own, ring 0
 * being that cell itself. False when the ring lies outside of the grid altogether.
 */
export function visitRing(
  grid: CellGrid,
  x: number,
  y: number,
  ring: number,
  visit: (item: number) => void,
): boolean {
  const { cell, west, south, columns, rows, from, items } = grid;
  const column = Math.floor((x - west) / cell);
  const row = Math.floor((y - south) / cell);
  if (column - ring < 0 && column + ring >= columns && row - ring < 0 && row + ring >= rows)
    return false;
  for (let r = Math.max(0, row - ring); r <= Math.min(rows - 1, row + ring); r++) {
    const edge = r === row - ring || r === row + ring;
    const step = edge || ring === 0 ? 1 : 2 * ring;
    for (let c = column - ring; c <= column + ring; c += step) {
      if (c < 0 || c >= columns) continue;
      const at = r * columns + c;
      for (let i = from[at] as number; i < (from[at + 1] as number); i++) visit(items[i] as number);
    }
  }
  return true;
}
