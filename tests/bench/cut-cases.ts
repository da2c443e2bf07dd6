import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { seededDice } from '#shared/kernel/random.ts';
import { readStreets } from '#shared/streets/read-streets.ts';
import type { Street } from '#shared/streets/street.ts';
import type { CutDoor } from '#shared/turf/cut/cut.ts';
import { DATA } from './geocode-data.ts';

/** What is cut, and the streets it lies on. */
export interface CutCase {
  readonly doors: readonly CutDoor[];
  readonly streets: readonly Street[];
}

/** How far one copy of the city lies from the next, in degrees: side by side, with water between. */
const COPY = 0.12;
/** The reference cuts were measured without buildings above the window, which are cut by floor. */
const LARGEST = 49;

function readText(name: string): string {
  const path = join(DATA, name);
  const bytes = readFileSync(path);
  return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
}

/** Rows of a file whose fields hold no commas of their own. */
function readRows(name: string): ReadonlyMap<string, string>[] {
  const [head = '', ...lines] = readText(name).trim().split('\n');
  const names = head.split(',');
  return lines.map((line) => {
    const fields = line.split(',');
    return new Map(names.map((field, i) => [field, fields[i] ?? '']));
  });
}

const streetsOf = (name: string): unknown[] =>
  (JSON.parse(readText(name)) as { features: unknown[] }).features;

interface Home {
  readonly id: string;
  readonly building: string;
  readonly lon: number;
  readonly lat: number;
  readonly households: number;
  readonly street: string;
  readonly number: string;
}

/** Residential addresses of the city, with buildings up to `LARGEST` households. */
function readCambridge(): Home[] {
  const homes = readRows('cambridge-ma/address_points.csv.gz').flatMap((row): Home[] => {
    const households = Number(row.get('units_est'));
    if (!(households > 0) || row.get('lon') === '') return [];
    const id = row.get('address_id') ?? '';
    const [lon, lat] = [Number(row.get('lon')), Number(row.get('lat'))];
    const [street, number] = [row.get('street') ?? '', row.get('number') ?? ''];
    return [{ id, building: row.get('bldg_id') || `a${id}`, lon, lat, households, street, number }];
  });
  const sizes = new Map<string, number>();
  for (const { building, households } of homes) {
    sizes.set(building, (sizes.get(building) ?? 0) + households);
  }
  return homes.filter(({ building }) => (sizes.get(building) ?? 0) <= LARGEST);
}

function copyStreets(features: unknown[], copies: number): Street[] {
  const { streets } = readStreets({ features });
  return Array.from({ length: copies }, (_, copy) =>
    streets.map((street) => ({
      ...street,
      line: street.line.map(([lon, lat]): [number, number] => [lon + copy * COPY, lat]),
    })),
  ).flat();
}

const copied = (home: Home, copy: number): Home => ({
  ...home,
  id: `${copy}-${home.id}`,
  building: `${copy}-${home.building}`,
  lon: home.lon + copy * COPY,
});

/** Copies of the city, side by side, each address one entry with its households. */
function cambridge(copies: number, share = 1): CutCase {
  const dice = seededDice(7);
  const homes = readCambridge().filter(() => share === 1 || dice.chance(share));
  const doors = Array.from({ length: copies }, (_, copy) =>
    homes.map((home) => copied(home, copy)),
  ).flat();
  return {
    doors,
    streets: copyStreets(streetsOf('cambridge-ma/street_centerlines.geojson.gz'), copies),
  };
}

/** So many doors, each dwelling one, of as many copies of the city as it takes. */
function dwellings(count: number): CutCase {
  // From west to east, so that few doors are a neighbourhood and not a few of each street.
  const homes = readCambridge().sort((a, b) => a.lon - b.lon || a.lat - b.lat);
  const doors: CutDoor[] = [];
  let copies = 0;
  for (; doors.length < count; copies++) {
    for (const home of homes) {
      if (doors.length >= count) break;
      const { households, id, ...rest } = copied(home, copies);
      for (let unit = 1; unit <= households; unit++) {
        doors.push({ ...rest, id: `${id}-${unit}`, unit: String(unit) });
      }
    }
  }
  const features = streetsOf('cambridge-ma/street_centerlines.geojson.gz');
  return { doors: doors.slice(0, count), streets: copyStreets(features, copies) };
}

function larkfield(): CutCase {
  const units = new Map<string, string[]>();
  for (const row of readRows('fictional-town/units.csv')) {
    const id = row.get('address_id') ?? '';
    units.set(id, [...(units.get(id) ?? []), row.get('unit') ?? '']);
  }
  const doors = readRows('fictional-town/address_points.csv').flatMap((row) => {
    const id = row.get('address_id') ?? '';
    const placed = row.get('lon') !== '';
    return (units.get(id) ?? ['']).map((unit): CutDoor => ({
      id: `${id} ${unit}`,
      building: id,
      lon: placed ? Number(row.get('lon')) : null,
      lat: placed ? Number(row.get('lat')) : null,
      street: row.get('street') ?? '',
      number: row.get('number') ?? '',
      unit,
    }));
  });
  return { doors, streets: copyStreets(streetsOf('fictional-town/streets.geojson'), 1) };
}

export const hasCutData = (): boolean =>
  existsSync(join(DATA, 'cambridge-ma/street_centerlines.geojson.gz'));

/** A case by its name: `larkfield`, `cambridge`, `cambridge-s35`, `cambridge-x3`, `doors-N`. */
export function readCutCase(name: string): CutCase {
  if (name === 'larkfield') return larkfield();
  if (name === 'cambridge') return cambridge(1);
  if (name === 'cambridge-s35') return cambridge(1, 0.41);
  if (name === 'cambridge-x3') return cambridge(3);
  return dwellings(Number(name.replace('doors-', '')));
}
