import type { Polygon, Position } from '#shared/model/geojson.ts';
import type { Plan, PlanTurf } from '#shared/turf/plan/plan.ts';
import { thinLine } from '../../map/draw-steps.ts';
import { liesAcross, turnOutline } from '../../map/one-side.ts';
import { partsOf } from '../../map/outline-rings.ts';

/** What of a turf's outline a hand can take hold of, and what stays as it is. */
export interface Grip {
  readonly part: Polygon;
  readonly rest: readonly Polygon['coordinates'][];
}

/** An outline that a machine drew has a corner every few metres; nobody wants to drag all of those. */
const MOST_CORNERS = 40;
const THIN_METRES = 6;
const METRES_A_DEGREE = 111_320;

/** The largest part of a turf's outline, with as few corners as keep its shape. */
export function gripOf(turf: PlanTurf): Grip | null {
  // Across the date line a hand holds what the map shows: whole, on one side.
  const shown = liesAcross(turf.outline) ? turnOutline(turf.outline) : turf.outline;
  const parts = partsOf(shown);
  const longest = parts
    .map(([outer]) => length(outer ?? []))
    .reduce((best, long, at, all) => (long > (all[best] ?? 0) ? at : best), 0);
  const largest = parts[longest];
  const rest = partsOf(turf.outline).filter((_, at) => at !== longest);
  const outer = largest?.[0];
  if (outer === undefined || outer.length < 4) return null;
  const ring = outer.length > MOST_CORNERS ? thinRing(outer) : outer;
  return { part: { type: 'Polygon', coordinates: [ring] }, rest };
}

/** The plan with the parts that were not reshaped back in a turf's outline. */
export function withRest(plan: Plan, key: string, { rest }: Grip): Plan {
  if (rest.length === 0) return plan;
  const turfs = plan.turfs.map((turf) =>
    turf.key === key
      ? {
          ...turf,
          outline: {
            type: 'MultiPolygon' as const,
            coordinates: [...partsOf(turf.outline), ...rest],
          },
        }
      : turf,
  );
  return { ...plan, turfs };
}

function thinRing(ring: readonly Position[]): readonly Position[] {
  const wide = METRES_A_DEGREE * Math.cos(((ring[0]?.[1] ?? 0) * Math.PI) / 180);
  const metres = ring.map(([lon, lat]) => [lon * wide, lat * METRES_A_DEGREE] as const);
  const thin = thinLine(metres, THIN_METRES);
  if (thin.length < 4) return ring;
  return thin.map(([x, y]): Position => [x / wide, y / METRES_A_DEGREE]);
}

function length(ring: readonly Position[]): number {
  return ring.slice(1).reduce((sum, [lon, lat], i) => {
    const [fromLon, fromLat] = ring[i] ?? [lon, lat];
    return sum + Math.hypot(lon - fromLon, lat - fromLat);
  }, 0);
}
