interface Placed {
  readonly lon: number | null;
  readonly lat: number | null;
}

/** Nobody walks a turf that is smaller, in metres; and hardly any list of doors spans as many degrees. */
const LEAST = 5;

/**
 * Whether places that are said to be metres are surely degrees: all of them are on Earth, and within
 * five of each other, though not at one point.
 */
export function looksLikeDegrees(places: readonly Placed[]): boolean {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { lon, lat } of places) {
    if (lon === null || lat === null) continue;
    [west, east] = [Math.min(west, lon), Math.max(east, lon)];
    [south, north] = [Math.min(south, lat), Math.max(north, lat)];
  }
  const apart = Math.max(east - west, north - south);
  return apart > 0 && apart < LEAST && west >= -180 && east <= 180 && south >= -90 && north <= 90;
}

/** What is said then, on the way: a plan of a few metres is odd, and no mistake of ours to refuse. */
export const DEGREES_AS_METRES =
  'With --planar these are metres, and all doors lie within 5 m. Are they degrees? Then leave --planar out.';
