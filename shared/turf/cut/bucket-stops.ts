/** Stops in square buckets, to find those that lie near one. */
export interface Buckets {
  /** Adds to `found` about the `count` nearest of a stop by straight line, itself left out. */
  readonly nearest: (stop: number, count: number, most: number, found: number[]) => void;
}

/** A plain grid in rows; `each` is how many stops a bucket holds where they stand evenly. */
export function bucketStops(x: Float64Array, y: Float64Array, each: number): Buckets {
  const n = x.length;
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < n; i++) {
    west = Math.min(west, x[i] as number);
    east = Math.max(east, x[i] as number);
    south = Math.min(south, y[i] as number);
    north = Math.max(north, y[i] as number);
  }
  const area = Math.max(1, (east - west) * (north - south));
  // Two towns far apart leave most of the field empty: the buckets stay small, their number bounded.
  const side = Math.max(
    30,
    Math.sqrt((area * each) / Math.max(1, n * 64)),
    (east - west) / 4000,
    (north - south) / 4000,
  );
  const columns = Math.floor((east - west) / side) + 1 || 1;
  const rows = Math.floor((north - south) / side) + 1 || 1;
  const cell = (i: number): number =>
    Math.floor(((y[i] as number) - south) / side) * columns +
    Math.floor(((x[i] as number) - west) / side);
  const start = new Int32Array(columns * rows + 1);
  for (let i = 0; i < n; i++) start[cell(i) + 1] = (start[cell(i) + 1] as number) + 1;
  for (let i = 0; i < columns * rows; i++)
    start[i + 1] = (start[i + 1] as number) + (start[i] as number);
  const fill = start.slice();
  const members = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    const at = cell(i);
    members[fill[at] as number] = i;
    fill[at] = (fill[at] as number) + 1;
  }
  let metres = new Float64Array(64);
  const nearest = (stop: number, count: number, most: number, found: number[]): void => {
    if (metres.length < count) metres = new Float64Array(count);
    const [sx, sy] = [x[stop] as number, y[stop] as number];
    let seen = 0;
    const column = Math.floor(((x[stop] as number) - west) / side);
    const row = Math.floor(((y[stop] as number) - south) / side);
    const widest = Math.max(columns, rows);
    const add = (r: number, c: number): void => {
      if (r < 0 || c < 0 || r >= rows || c >= columns) return;
      const at = r * columns + c;
      for (let i = start[at] as number; i < (start[at + 1] as number); i++) {
        const other = members[i] as number;
        if (other !== stop) offer(other);
      }
    };
    /** Keeps the nearest so far in order; of two as far the one with the lower number. */
    const offer = (other: number): void => {
      seen += 1;
      const dx = (x[other] as number) - sx;
      const dy = (y[other] as number) - sy;
      const far = dx * dx + dy * dy;
      let at = found.length;
      if (at === count) {
        const last = metres[at - 1] as number;
        if (far > last || (far === last && other > (found[at - 1] as number))) return;
        at -= 1;
      }
      while (at > 0) {
        const ahead = metres[at - 1] as number;
        if (ahead < far || (ahead === far && (found[at - 1] as number) < other)) break;
        metres[at] = ahead;
        found[at] = found[at - 1] as number;
        at -= 1;
      }
      metres[at] = far;
      found[at] = other;
    };
    let last = -1;
    for (let ring = 0; ring <= widest && (ring - 1) * side <= most; ring++) {
      if (ring === 0) add(row, column);
      else {
        for (let c = column - ring; c <= column + ring; c++) {
          add(row - ring, c);
          add(row + ring, c);
        }
        for (let r = row - ring + 1; r < row + ring; r++) {
          add(r, column - ring);
          add(r, column + ring);
        }
      }
      // Half as wide again, since the corners of a square reach farther than its sides.
      if (last < 0 && seen >= count) last = Math.ceil(ring * 1.5);
      if (last >= 0 && ring >= last) break;
    }
  };
  return { nearest };
}
