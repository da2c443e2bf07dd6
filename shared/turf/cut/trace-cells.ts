type Corner = readonly [x: number, y: number];
type Ring = Corner[];

/** East, north, west, south: the side of a square that one walks along with the square to the left. */
const STEPS: readonly Corner[] = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
];
/** Where the side begins, from the square's lower left corner, and which square lies behind it. */
const BEGINS: readonly Corner[] = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];
const BEHIND: readonly Corner[] = [
  [0, -1],
  [1, 0],
  [0, 1],
  [-1, 0],
];

/**
 * The polygons around a set of squares, in units of squares: for each part its outer ring
 * counter-clockwise and its holes, closed, through the middles of the squares' sides. Squares that
 * touch by a corner alone are two parts. `cells` are columns and rows by turns.
 */
export function traceCells(
  cells: readonly number[],
  isOwn: (column: number, row: number) => boolean,
): Ring[][] {
  // For each side of a square on the border: done or not. Key: square and direction.
  const open = new Set<number>();
  let [west, south, north] = [Infinity, Infinity, -Infinity];
  for (let i = 0; i < cells.length; i += 2) {
    west = Math.min(west, cells[i] as number);
    south = Math.min(south, cells[i + 1] as number);
    north = Math.max(north, cells[i + 1] as number);
  }
  const high = north - south + 1;
  const keyOf = (column: number, row: number, way: number): number =>
    4 * ((column - west) * high + row - south) + way;
  for (let i = 0; i < cells.length; i += 2) {
    const [column, row] = [cells[i] as number, cells[i + 1] as number];
    for (let way = 0; way < 4; way++) {
      const [dx, dy] = BEHIND[way] as Corner;
      if (!isOwn(column + dx, row + dy)) open.add(keyOf(column, row, way));
    }
  }
  const outer: Ring[] = [];
  const holes: Ring[] = [];
  for (const start of open) {
    const w0 = start % 4;
    const r0 = (((start - w0) / 4) % high) + south;
    const c0 = Math.floor((start - w0) / 4 / high) + west;
    const ring: Ring = [];
    let [column, row, way] = [c0, r0, w0];
    do {
      open.delete(keyOf(column, row, way));
      const [bx, by] = BEGINS[way] as Corner;
      const [sx, sy] = STEPS[way] as Corner;
      ring.push([column + bx + sx / 2, row + by + sy / 2]);
      // At the side's end: straight on along the next square, around a corner outwards, or inwards.
      const [dx, dy] = BEHIND[way] as Corner;
      if (!isOwn(column + sx, row + sy)) way = (way + 1) % 4;
      else if (isOwn(column + sx + dx, row + sy + dy)) {
        column += sx + dx;
        row += sy + dy;
        way = (way + 3) % 4;
      } else {
        column += sx;
        row += sy;
      }
    } while (column !== c0 || row !== r0 || way !== w0);
    const clean = dropStraight(ring);
    (areaOf(clean) > 0 ? outer : holes).push(clean);
  }
  const parts = outer.map((ring): Ring[] => [ring]);
  for (const hole of holes) {
    const home = parts.find(([ring = []]) => holds(ring, hole[0] as Corner));
    home?.push(hole);
  }
  return parts.map((rings) => rings.map((ring) => [...ring, ring[0] as Corner]));
}

/** Leaves out corners that lie on the line between those before and after. */
function dropStraight(ring: Ring): Ring {
  const n = ring.length;
  return ring.filter((corner, i) => {
    const [x1, y1] = ring[(i + n - 1) % n] as Corner;
    const [x2, y2] = ring[(i + 1) % n] as Corner;
    return (corner[0] - x1) * (y2 - y1) !== (corner[1] - y1) * (x2 - x1);
  });
}

function areaOf(ring: Ring): number {
  return ring.reduce((sum, [x, y], i) => {
    const [x2, y2] = ring[(i + 1) % ring.length] as Corner;
    return sum + x * y2 - x2 * y;
  }, 0);
}

function holds(ring: Ring, [x, y]: Corner): boolean {
  let inside = false;
  ring.forEach(([x1, y1], i) => {
    const [x2, y2] = ring[(i + 1) % ring.length] as Corner;
    if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
  });
  return inside;
}
