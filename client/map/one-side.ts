import type { MultiPolygon, Polygon, Position } from '#shared/model/geojson.ts';
import { outlineBounds, partsOf } from './outline-rings.ts';
import { type Bounds, eastward } from './world.ts';

type Outline = Polygon | MultiPolygon;

/** True for bounds that go on beyond the date line. */
export function isAcross(bounds: Bounds | null): boolean {
  return bounds !== null && bounds[2] > 180;
}

// An outline keeps its identity: what is known of it hangs on that.
const turned = new WeakMap<Outline, Outline>();
const across = new WeakMap<Outline, boolean>();

/** True for an outline with corners on both sides of the date line. */
export function liesAcross(outline: Outline): boolean {
  const known = across.get(outline) ?? isAcross(outlineBounds(outline));
  across.set(outline, known);
  return known;
}

/** An outline with its west counted on beyond 180: a map that starts at Greenwich shows it whole. */
export function turnOutline<O extends Outline>(outline: O): O {
  const known = turned.get(outline);
  if (known !== undefined) return known as O;
  const parts = partsOf(outline).map((rings) =>
    rings.map((ring) => ring.map(([lon, lat]): Position => [eastward(lon), lat])),
  );
  const made: Outline =
    outline.type === 'Polygon'
      ? { type: 'Polygon', coordinates: parts[0] ?? [] }
      : { type: 'MultiPolygon', coordinates: parts };
  turned.set(outline, made);
  return made as O;
}

/** Bounds on the side where what lies across the date line is shown. */
export function turnBounds(bounds: Bounds): Bounds {
  const [west, south, east, north] = bounds;
  return west < 0 && east <= 0 ? [west + 360, south, east + 360, north] : bounds;
}
