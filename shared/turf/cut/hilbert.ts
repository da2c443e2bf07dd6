const ORDER = 16;

/**
 * Where each place lies along a Hilbert curve over them all, so that what is near in the list is near
 * on the ground: for a walk to begin with, and so that a machine's memory is read in order.
 */
export function hilbertKeys(x: ArrayLike<number>, y: ArrayLike<number>): Float64Array {
  const n = x.length;
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < n; i++) {
    west = Math.min(west, x[i] as number);
    east = Math.max(east, x[i] as number);
    south = Math.min(south, y[i] as number);
    north = Math.max(north, y[i] as number);
  }
  const scale = ((1 << ORDER) - 1) / Math.max(1e-9, east - west, north - south);
  const keys = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let px = Math.floor(((x[i] as number) - west) * scale);
    let py = Math.floor(((y[i] as number) - south) * scale);
    let key = 0;
    for (let s = 1 << (ORDER - 1); s > 0; s >>= 1) {
      const rx = (px & s) > 0 ? 1 : 0;
      const ry = (py & s) > 0 ? 1 : 0;
      key = key * 4 + ((3 * rx) ^ ry);
      if (ry === 0) {
        if (rx === 1) {
          px = (1 << ORDER) - 1 - px;
          py = (1 << ORDER) - 1 - py;
        }
        [px, py] = [py, px];
      }
    }
    keys[i] = key;
  }
  return keys;
}
