import { kinks } from '@turf/kinks';
import { problem } from '../kernel/problem.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import type { Polygon, Position } from '../model/geojson.ts';
import { outlineArea } from './outline-area.ts';

/** More corners than any hand draws: an outline is thinned on the phone or desk that drew it. */
export const MOST_CORNERS = 500;

/** Half a building's plot, in square metres: anything smaller was a slip of the hand. */
const LEAST_AREA = 25;

const inRange = ([lon, lat]: Position): boolean =>
  Number.isFinite(lon) && Number.isFinite(lat) && Math.abs(lon) <= 180 && Math.abs(lat) <= 85;

const same = (a: Position | undefined, b: Position | undefined): boolean =>
  a !== undefined && b !== undefined && a[0] === b[0] && a[1] === b[1];

/**
 * Checks an outline that a person drew: one closed ring of at least three corners, on the globe,
 * that does not cross itself and encloses something. Gives the outline back with corners that are
 * drawn twice in a row left out. Problems: `outline-holes`, `outline-off-map`, `outline-open`,
 * `outline-too-few`, `outline-too-many`, `outline-crosses`, `outline-too-small`.
 */
export function checkOutline(outline: Polygon): Result<Polygon> {
  const [ring, ...holes] = outline.coordinates;
  if (!ring || ring.length === 0) return fail(problem('outline-too-few'));
  if (holes.length > 0) return fail(problem('outline-holes'));
  if (!ring.every(inRange)) return fail(problem('outline-off-map'));
  if (!same(ring[0], ring.at(-1))) return fail(problem('outline-open'));
  const clean = ring.filter((corner, i) => i === 0 || !same(corner, ring[i - 1]));
  if (clean.length < 4) return fail(problem('outline-too-few'));
  if (clean.length - 1 > MOST_CORNERS) {
    return fail(problem('outline-too-many', { corners: clean.length - 1, most: MOST_CORNERS }));
  }
  const checked: Polygon = { type: 'Polygon', coordinates: [clean] };
  if (crossesItself(clean)) return fail(problem('outline-crosses'));
  if (outlineArea(checked) < LEAST_AREA) return fail(problem('outline-too-small'));
  return ok(checked);
}

function crossesItself(ring: readonly Position[]): boolean {
  const corners = ring.map(([lon, lat]) => [lon, lat]);
  if (new Set(corners.slice(1).map(String)).size < corners.length - 1) return true;
  return kinks({ type: 'Polygon', coordinates: [corners] }).features.length > 0;
}
