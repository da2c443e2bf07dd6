const METRES_PER_DEGREE = 111_320;

/** Metres between two places in degrees, exact enough within a county. */
export function metresBetween(
  [lon, lat]: readonly [number, number],
  [lon2, lat2]: readonly [number, number],
): number {
  const scale = Math.cos((((lat + lat2) / 2) * Math.PI) / 180);
  return Math.hypot((lon2 - lon) * scale, lat2 - lat) * METRES_PER_DEGREE;
}
