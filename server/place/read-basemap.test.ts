import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import type { Feature, FeatureCollection } from '#shared/model/geojson.ts';
import { planeAround } from '#shared/streets/plane.ts';
import { splitStreets } from '#shared/streets/split-streets.ts';
import { readStreets } from '#shared/streets/read-streets.ts';
import { readBasemap } from './read-basemap.ts';

const DATA = join(import.meta.dirname, '../../../shared/data');
const PACK = join(DATA, 'basemap/cambridge-ma.pmtiles');
const SOURCE = join(DATA, 'cambridge-ma/street_centerlines.geojson.gz');
const scratch = mkdtempSync(join(tmpdir(), 'homeground-basemap-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function metres(features: readonly Feature[]): number {
  const perLon = 111_320 * Math.cos((42.37 * Math.PI) / 180);
  let sum = 0;
  for (const { geometry } of features) {
    const lines =
      geometry.type === 'LineString'
        ? [geometry.coordinates]
        : geometry.type === 'MultiLineString'
          ? geometry.coordinates
          : [];
    for (const line of lines) {
      line.slice(1).forEach(([lon, lat], at) => {
        const [fromLon, fromLat] = line[at] ?? [0, 0];
        sum += Math.hypot((lon - fromLon) * perLon, (lat - fromLat) * 111_320);
      });
    }
  }
  return sum;
}

if (existsSync(PACK)) {
  test('a city of tiles gives its streets back whole: no metre lost at an edge, none twice', async () => {
    const read = await readBasemap(PACK);
    const streets = read.ok ? (read.value.get('streets')?.features ?? []) : [];
    const { features } = JSON.parse(
      gunzipSync(readFileSync(SOURCE)).toString(),
    ) as FeatureCollection;
    expect(Math.abs(metres(streets) / metres(features) - 1)).toBeLessThan(0.001);
    // Cut at 60 tiles and made whole again, a street is one line or as many as its source has parts.
    expect(streets.length).toBeLessThan(features.length / 2);
    expect(read.ok && [...read.value.keys()].sort()).toEqual(['parks', 'rail', 'streets', 'water']);
    // And meets what it met: tiles keep no point of a straight street where another crosses it.
    const plane = planeAround(-71.11, 42.37);
    const stretches = (found: readonly Feature[]): number =>
      splitStreets(readStreets({ features: found }).streets, plane).stretches.length;
    expect(Math.abs(stretches(streets) / stretches(features) - 1)).toBeLessThan(0.03);
  });
} else console.log(`No basemap at ${PACK}: a real one is not read.`);

test.each([
  ['nothing', ''],
  ['a page of a hotel', '<html><body>Welcome</body></html>'],
  ['its first bytes alone', 'PMTiles\u0003'],
])('a basemap file that holds %s is refused, and nothing else is', async (_, text) => {
  const path = join(scratch, 'town.pmtiles');
  writeFileSync(path, text);
  expect(await readBasemap(path)).toMatchObject({
    ok: false,
    problem: { code: 'basemap-unreadable' },
  });
});

test('a basemap of the whole world is refused before its tiles are counted out', async () => {
  const path = join(scratch, 'world.pmtiles');
  const bytes = Buffer.alloc(128);
  bytes.write('PMTiles\u0003');
  // An empty root directory behind the header, nothing packed.
  bytes.writeBigUInt64LE(127n, 8);
  bytes.writeBigUInt64LE(1n, 16);
  for (const [at, value] of [
    [97, 1],
    [98, 1],
    [99, 1],
    [101, 15],
  ] as const) {
    bytes[at] = value;
  }
  [-180, -85, 180, 85].forEach((degrees, n) => bytes.writeInt32LE(degrees * 1e7, 102 + 4 * n));
  writeFileSync(path, bytes);
  expect(await readBasemap(path)).toMatchObject({
    ok: false,
    problem: { code: 'basemap-too-large' },
  });
});
