import type { MultiPolygon, Polygon, Position } from '../model/geojson.ts';

const METRES_A_DEGREE = 111_195;

function metresToSegment([ax, ay]: Position, [bx, by]: Position): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  // How far along the segment the nearest point lies, seen from the origin.
  const part = length === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / length));
  return Math.hypot(ax + part * dx, ay + part * dy);
}

/** True when the origin lies inside a ring (even-odd rule). */
function holdsOrigin(ring: readonly Position[]): boolean {
  let inside = false;
  ring.forEach(([ax, ay], i) => {
    const [bx, by] = ring[(i + 1) % ring.length] ?? [ax, ay];
    if (ay > 0 !== by > 0 && 0 < ax - (ay * (bx - ax)) / (by - ay)) inside = !inside;
  });
  return inside;
}

/**
 * How far a place is from an outline, in metres as the crow flies; 0 inside it. Places are longitude
 * and latitude in degrees, taken as a plane around the place: good to a per cent within 100 km.
 * Infinity for an outline without corners.
 */
export function metresToOutline([lon, lat]: Position, outline: Polygon | MultiPolygon): number {
  const parts = outline.type === 'Polygon' ? [outline.coordinates] : outline.coordinates;
  const east = METRES_A_DEGREE * Math.cos((lat * Math.PI) / 180);
  const plane = ([x, y]: Position): Position => {
    // The short way around the world.
    const away = ((((x - lon + 180) % 360) + 360) % 360) - 180;
    return [away * east, (y - lat) * METRES_A_DEGREE];
  };
  let nearest = Infinity;
  for (const rings of parts) {
    const flat = rings.map((ring) => ring.map(plane));
    const within = flat.filter(holdsOrigin).length % 2 === 1;
    if (within) return 0;
    for (const ring of flat) {
      ring.forEach((corner, i) => {
        const next = ring[(i + 1) % ring.length] ?? corner;
        nearest = Math.min(nearest, metresToSegment(corner, next));
      });
    }
  }
  return nearest;
}
