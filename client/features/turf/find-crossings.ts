import type { Polygon, Position } from '#shared/model/geojson.ts';

/** Enough to show where; an outline gone wild crosses itself hundreds of times. */
const MOST = 5;

/**
 * Where an outline crosses itself, so that the place can be shown. Compares each edge with each
 * other, which is fine for outlines that a hand drew.
 */
export function findCrossings(outline: Polygon): readonly Position[] {
  const ring = outline.coordinates[0] ?? [];
  const found: Position[] = [];
  for (let i = 0; i + 1 < ring.length; i++) {
    for (let j = i + 2; j + 1 < ring.length; j++) {
      // The last edge ends where the first begins: that is no crossing.
      if (i === 0 && j === ring.length - 2) continue;
      const at = crossing(ring[i], ring[i + 1], ring[j], ring[j + 1]);
      if (at) found.push(at);
      if (found.length === MOST) return found;
    }
  }
  return found;
}

function crossing(a?: Position, b?: Position, c?: Position, d?: Position): Position | null {
  if (!a || !b || !c || !d) return null;
  const [rx, ry] = [b[0] - a[0], b[1] - a[1]];
  const [sx, sy] = [d[0] - c[0], d[1] - c[1]];
  const cross = rx * sy - ry * sx;
  if (cross === 0) return null;
  const along = ((c[0] - a[0]) * sy - (c[1] - a[1]) * sx) / cross;
  const across = ((c[0] - a[0]) * ry - (c[1] - a[1]) * rx) / cross;
  if (along < 0 || along > 1 || across < 0 || across > 1) return null;
  return [a[0] + along * rx, a[1] + along * ry];
}

/** A small ring around a place, to mark it on the map. `share` is its size, as a part of the outline's. */
export function ringAround([lon, lat]: Position, outline: Polygon, share: number): Polygon {
  const lats = (outline.coordinates[0] ?? []).map((corner) => corner[1]);
  const radius = (Math.max(...lats) - Math.min(...lats)) * share;
  const wider = 1 / Math.cos((lat * Math.PI) / 180);
  const corners = Array.from({ length: 13 }, (_, i): Position => {
    const angle = (i / 12) * 2 * Math.PI;
    return [lon + radius * wider * Math.cos(angle), lat + radius * Math.sin(angle)];
  });
  return { type: 'Polygon', coordinates: [corners] };
}
