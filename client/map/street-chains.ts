import type {
  FeatureCollection,
  LineString,
  MultiLineString,
  Position,
} from '#shared/model/geojson.ts';
import { streetClass, type StreetClass } from './street-look.ts';
import { latToY, lonToX } from './world.ts';

/** One street's line, its blocks joined end to end, so that its name has room. World units. */
export interface StreetChain {
  readonly name: string;
  readonly cls: StreetClass;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** West, north, east, south. */
  readonly box: readonly [number, number, number, number];
}

type Line = Position[];

const keyOf = ([lon, lat]: Position): string => `${lon.toFixed(6)},${lat.toFixed(6)}`;

/** Joins the lines of one street where exactly two of their ends meet. */
function joinLines(lines: readonly Line[]): Line[] {
  const ends = new Map<string, Set<Line>>();
  const remember = (line: Line): void => {
    for (const end of [line[0], line.at(-1)]) {
      if (!end) continue;
      const at = ends.get(keyOf(end)) ?? new Set();
      ends.set(keyOf(end), at.add(line));
    }
  };
  const forget = (line: Line): void => {
    for (const end of [line[0], line.at(-1)]) if (end) ends.get(keyOf(end))?.delete(line);
  };
  const alive = new Set(lines);
  for (const line of alive) remember(line);
  for (const start of lines) {
    if (!alive.has(start)) continue;
    let grown = start;
    for (const side of ['end', 'start'] as const) {
      for (;;) {
        const tip = side === 'end' ? grown.at(-1) : grown[0];
        if (!tip) break;
        const met = [...(ends.get(keyOf(tip)) ?? [])].filter((line) => line !== grown);
        const next = met[0];
        if (met.length !== 1 || !next) break;
        const forward = keyOf(side === 'end' ? (next[0] as Position) : (next.at(-1) as Position));
        const turned = forward === keyOf(tip) ? next : [...next].reverse();
        forget(grown);
        forget(next);
        alive.delete(grown);
        alive.delete(next);
        grown =
          side === 'end' ? [...grown, ...turned.slice(1)] : [...turned.slice(0, -1), ...grown];
        alive.add(grown);
        remember(grown);
      }
    }
  }
  return [...alive];
}

const RANK: Readonly<Record<StreetClass, number>> = {
  major: 0,
  secondary: 1,
  residential: 2,
  path: 3,
};

/** The named streets of a layer as chains: greater classes first, then longer ones. */
export function chainStreets(
  streets: FeatureCollection<LineString | MultiLineString>,
): StreetChain[] {
  const byName = new Map<string, { name: string; cls: StreetClass; lines: Line[] }>();
  for (const { properties, geometry } of streets.features) {
    const name = properties['street'];
    if (typeof name !== 'string' || name === '') continue;
    const cls = streetClass(properties['cls']);
    const group = byName.get(`${cls} ${name}`) ?? { name, cls, lines: [] };
    byName.set(`${cls} ${name}`, group);
    const parts = geometry.type === 'LineString' ? [geometry.coordinates] : geometry.coordinates;
    for (const part of parts) if (part.length > 1) group.lines.push([...part]);
  }
  return [...byName.values()]
    .flatMap(({ name, cls, lines }) =>
      joinLines(lines).map((line): StreetChain => {
        const x = Float64Array.from(line, ([lon]) => lonToX(lon));
        const y = Float64Array.from(line, ([, lat]) => latToY(lat));
        const box = [Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)] as const;
        return { name, cls, x, y, box };
      }),
    )
    .sort((a, b) => RANK[a.cls] - RANK[b.cls] || b.x.length - a.x.length);
}
