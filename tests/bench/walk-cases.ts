import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededDice } from '#shared/kernel/random.ts';
import { buildNetwork } from '#shared/streets/build-network.ts';
import { placeStops, type PlacedStops } from '#shared/streets/place-stops.ts';
import { planeAround } from '#shared/streets/plane.ts';
import { readStreets } from '#shared/streets/read-streets.ts';
import type { StreetNetwork } from '#shared/streets/street-network.ts';
import type { WalkDoor } from '#shared/walk/group-stops.ts';
import { DATA, readCsv, readStreets as readStreetFile } from './geocode-data.ts';

/** What every tour of an instance of TSPLIB is at least as long as: the known optimum. */
export const OPTIMA: Readonly<Record<string, number>> = {
  eil51: 426,
  berlin52: 7542,
  kroA100: 21282,
  kroA200: 29368,
  lin318: 42029,
  pcb442: 50778,
  rat575: 6773,
  pr1002: 259045,
};

/** Distances of an instance of TSPLIB, rounded as it asks for; null when it is not there. */
export function readInstance(name: string): { count: number; metres: Float64Array } | null {
  const path = join(DATA, `tsplib/${name}.tsp`);
  if (!existsSync(path)) return null;
  const points = readFileSync(path, 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter((cells) => cells.length === 3 && cells.every(Number.isFinite));
  const count = points.length;
  const metres = new Float64Array(count * count);
  points.forEach(([, x = 0, y = 0], i) => {
    points.forEach(([, ox = 0, oy = 0], j) => {
      metres[i * count + j] = Math.round(Math.hypot(x - ox, y - oy));
    });
  });
  return { count, metres };
}

/** The city's streets and the addresses where somebody lives. */
export interface City {
  readonly network: StreetNetwork;
  readonly stops: PlacedStops;
  /** The doors, in the order of `stops`. */
  readonly doors: readonly WalkDoor[];
}

export async function readCity(): Promise<City> {
  const collection = readStreetFile('cambridge-ma/street_centerlines.geojson.gz');
  const network = buildNetwork(readStreets(collection).streets, {
    plane: planeAround(-71.11, 42.375),
  });
  const doors = [];
  for (const row of await readCsv('cambridge-ma/address_points.csv.gz')) {
    const [lon, lat] = [Number(row.get('lon')), Number(row.get('lat'))];
    if (!row.get('lon') || !(Number(row.get('unitsest')) > 0)) continue;
    const [street, number] = [row.get('street') ?? '', row.get('number') ?? ''];
    doors.push({ id: String(doors.length), lon, lat, street, number });
  }
  return { network, stops: placeStops(network, doors), doors };
}

/** The stops nearest to one that the seed picks, in an order that the seed shuffles. */
export function pickStops({ stops }: City, size: number, seed: number): number[] {
  const dice = seededDice(seed * 1000 + size);
  const middle = dice.whole(0, stops.count - 1);
  const away = Float64Array.from(stops.x, (x, i) =>
    Math.hypot(x - (stops.x[middle] ?? 0), (stops.y[i] ?? 0) - (stops.y[middle] ?? 0)),
  );
  const near = Array.from(away, (_, i) => i)
    .sort((a, b) => (away[a] ?? 0) - (away[b] ?? 0) || a - b)
    .slice(0, size);
  for (let i = near.length - 1; i > 0; i--) {
    const j = dice.whole(0, i);
    const [a, b] = [near[i] ?? 0, near[j] ?? 0];
    near[i] = b;
    near[j] = a;
  }
  return near;
}
