import type { Geometry, Position } from '../../shared/model/geojson.ts';
import { streetKind } from '../../shared/streets/street-kind.ts';
import type { Barrier } from '../../shared/turf/cut/barriers.ts';
import type { BarrierKind, CutOrder } from './cut-doors-messages.ts';

/** The lines of the chapter's map that are barriers of the kinds asked for. */
export function cutBarriers(
  { streets, water, rail }: CutOrder['layers'],
  kinds: readonly BarrierKind[],
): Barrier[] {
  const layers = {
    water: water.features,
    rail: rail.features,
    road: streets.features.filter(({ properties }) => isRoad(properties)),
  };
  return kinds.flatMap((kind) =>
    layers[kind].flatMap(({ geometry }) => linesOf(geometry).map((line) => ({ kind, line }))),
  );
}

/** True for a street that is no place to walk across between its corners. */
function isRoad(properties: Readonly<Record<string, unknown>>): boolean {
  const kind = streetKind(properties);
  return kind === 'limited' || kind === 'major';
}

function linesOf(geometry: Geometry): readonly (readonly Position[])[] {
  switch (geometry.type) {
    case 'Point':
      return [];
    case 'LineString':
      return [geometry.coordinates];
    case 'MultiLineString':
    case 'Polygon':
      return geometry.coordinates;
    case 'MultiPolygon':
      return geometry.coordinates.flat();
  }
}
