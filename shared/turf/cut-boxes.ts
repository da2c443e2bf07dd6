import type { Polygon } from '../model/geojson.ts';
import type { UniverseDoors } from '../model/universe.ts';

type Columns = Pick<UniverseDoors, 'lon' | 'lat' | 'doors'>;

interface Box {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
  readonly buildings: readonly number[];
}

function toOutline({ west, south, east, north }: Box): Polygon {
  const corners = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ] as const;
  return { type: 'Polygon', coordinates: [corners] };
}

function doorsOf(box: Box, { doors }: Columns): number {
  return box.buildings.reduce((sum, index) => sum + (doors[index] ?? 0), 0);
}

/** Halves a box by doors, across its longer side; null when all its buildings stand in one line. */
function splitBox(box: Box, columns: Columns): [Box, Box] | null {
  const wide =
    (box.east - box.west) * Math.cos((box.south * Math.PI) / 180) > box.north - box.south;
  const along = wide ? columns.lon : columns.lat;
  const at = (index: number): number => along[index] ?? 0;
  const order = [...box.buildings].sort((a, b) => at(a) - at(b) || a - b);
  const half = doorsOf(box, columns) / 2;
  let sum = 0;
  let cut = order.findIndex((index) => (sum += columns.doors[index] ?? 0) >= half) + 1;
  // Buildings on the very line would be on both sides of it.
  while (cut < order.length && at(order[cut] ?? 0) === at(order[cut - 1] ?? 0)) cut += 1;
  if (cut >= order.length) return null;
  const line = (at(order[cut - 1] ?? 0) + at(order[cut] ?? 0)) / 2;
  const low = {
    ...box,
    ...(wide ? { east: line } : { north: line }),
    buildings: order.slice(0, cut),
  };
  const high = {
    ...box,
    ...(wide ? { west: line } : { south: line }),
    buildings: order.slice(cut),
  };
  return [low, high];
}

/**
 * A few plain outlines of at most `most` doors each around the middle of the doors, for a demo to
 * begin with: boxes beside each other that share no building. Fewer when the doors do not give so
 * many. Method: the doors halved again and again, as in a k-d tree.
 */
export function cutBoxes(columns: Columns, count: number, most: number): Polygon[] {
  const all = columns.lon.map((_, index) => index);
  if (all.length === 0) return [];
  const bounds = (values: readonly number[]): [number, number] => [
    values.reduce((a, b) => Math.min(a, b)) - 0.0003,
    values.reduce((a, b) => Math.max(a, b)) + 0.0003,
  ];
  const [west, east] = bounds(columns.lon);
  const [south, north] = bounds(columns.lat);
  const open: Box[] = [{ west, east, south, north, buildings: all }];
  const leaves: Box[] = [];
  for (let box = open.pop(); box !== undefined; box = open.pop()) {
    const halves = doorsOf(box, columns) > most ? splitBox(box, columns) : null;
    if (halves === null) leaves.push(box);
    else open.push(...halves);
  }
  const middle = (values: readonly number[]): number =>
    [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  const [x, y] = [middle(columns.lon), middle(columns.lat)];
  const away = (box: Box): number =>
    Math.hypot((box.west + box.east) / 2 - x, (box.south + box.north) / 2 - y);
  return leaves
    .filter((box) => doorsOf(box, columns) <= most)
    .sort((a, b) => away(a) - away(b))
    .slice(0, count)
    .map(toOutline);
}
