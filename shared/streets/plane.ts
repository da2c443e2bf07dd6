/** A flat map of metres around one place, true enough within a county. */
export interface Plane {
  readonly lon: number;
  readonly lat: number;
  /** Metres east for one unit of longitude, and north for one of latitude. */
  readonly perLon: number;
  readonly perLat: number;
  /** What longitudes turn around at: 360 on the globe, 0 where x and y are metres already. */
  readonly turn: number;
}

const METRES_PER_DEGREE = 111_320;

/** x and y are metres already. */
export const FLAT: Plane = { lon: 0, lat: 0, perLon: 1, perLat: 1, turn: 0 };

/** A plane around a place in degrees. A place across the date line is near, not a world away. */
export function planeAround(lon: number, lat: number): Plane {
  const perLon = METRES_PER_DEGREE * Math.max(0.01, Math.cos((lat * Math.PI) / 180));
  // A tenth of a metre in ten kilometres: machines that differ in the last digit of a cosine agree.
  return { lon, lat, perLon: Math.round(perLon), perLat: METRES_PER_DEGREE, turn: 360 };
}

/** Metres east of the plane's middle. */
export function toX(plane: Plane, lon: number): number {
  let away = lon - plane.lon;
  if (plane.turn > 0) away -= plane.turn * Math.round(away / plane.turn);
  return away * plane.perLon;
}

/** Metres north of the plane's middle. */
export function toY(plane: Plane, lat: number): number {
  return (lat - plane.lat) * plane.perLat;
}

/** The place, in degrees, of a point in metres. */
export function toLonLat(plane: Plane, x: number, y: number): [lon: number, lat: number] {
  const lon = plane.lon + x / plane.perLon;
  const turned = plane.turn > 0 ? lon - plane.turn * Math.round(lon / plane.turn) : lon;
  return [turned, plane.lat + y / plane.perLat];
}
