type Corner = readonly [x: number, y: number];
type Ring = Corner[];

/** East, north, west, south: the side of a square that one walks along with the square to the left. */
const STEPS: readonly Corner[] = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
];
/** Where the side begins, from the square's lower left corner. */
const BEGINS: readonly Corner[] = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];
/** The sides of a square by the way one walks along them, and the square behind each: south, east, north, west. */
const WAYS = 4;

/**
 * The polygons around a set of squares, in units of squares: for each part its outer ring
 * counter-clockwise and its holes, closed, through the middles of the squares' sides. Squares that
 * touch by a corner alone are two parts. `cells` are columns and rows by turns, ascending.
 */
export function traceCells(cells: readonly number[]): Ring[][] {
  const count = cells.length >> 1;
  const beside = findBeside(cells);
  /** The sides on the border that no ring has yet. */
  const open = Uint8Array.from(beside, (other) => (other < 0 ? 1 : 0));
  const outer: Ring[] = [];
  const holes: Ring[] = [];
  for (let start = 0; start < WAYS * count; start++) {
    if (open[start] === 0) continue;
    const ring: Ring = [];
    let at = start >> 2;
    let way = start & 3;
    do {
      open[WAYS * at + way] = 0;
      const [bx, by] = BEGINS[way] as Corner;
      const [sx, sy] = STEPS[way] as Corner;
      ring.push([
        (cells[2 * at] as number) + bx + sx / 2,
        (cells[2 * at + 1] as number) + by + sy / 2,
      ]);
      // At the side's end: straight on along the next square, around a corner outwards, or inwards.
      const ahead = beside[WAYS * at + ((way + 1) & 3)] as number;
      const across = ahead < 0 ? -1 : (beside[WAYS * ahead + way] as number);
      if (ahead < 0) way = (way + 1) & 3;
      else if (across < 0) at = ahead;
      else {
        at = across;
        way = (way + 3) & 3;
      }
    } while (WAYS * at + way !== start);
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

/** For each square the four beside it, by index, south, east, north and west; -1 where there is none. */
function findBeside(cells: readonly number[]): Int32Array {
  const count = cells.length >> 1;
  const beside = new Int32Array(WAYS * count).fill(-1);
  /** The first square that is not before the place west of the one at hand. */
  let west = 0;
  for (let at = 0; at < count; at++) {
    const [column, row] = [cells[2 * at] as number, cells[2 * at + 1] as number];
    if (cells[2 * at + 2] === column && cells[2 * at + 3] === row + 1) {
      beside[WAYS * at + 2] = at + 1;
      beside[WAYS * (at + 1)] = at;
    }
    while (
      (cells[2 * west] as number) < column - 1 ||
      (cells[2 * west] === column - 1 && (cells[2 * west + 1] as number) < row)
    ) {
      west += 1;
    }
    if (cells[2 * west] === column - 1 && cells[2 * west + 1] === row) {
      beside[WAYS * at + 3] = west;
      beside[WAYS * west + 1] = at;
    }
  }
  return beside;
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
