import type { Polygon, Position } from '../model/geojson.ts';

const METRES_A_DEGREE = 111_320;

/** A square around a place, `metres` from its middle to each side; degrees WGS84, counter-clockwise. */
export function squareAround([lon, lat]: Position, metres: number): Polygon {
  const high = metres / METRES_A_DEGREE;
  const wide = high / Math.max(0.05, Math.cos((lat * Math.PI) / 180));
  const [west, east, south, north] = [lon - wide, lon + wide, lat - high, lat + high];
  return {
    type: 'Polygon',
    coordinates: [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ],
  };
}
