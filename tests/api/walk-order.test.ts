import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MapLayers } from '#shared/model/place.ts';
import { readStreets } from '#shared/streets/read-streets.ts';
import { findRollFiles } from '../../server/roll/find-roll-files.ts';
import { loadPlace } from '../../server/roll/load-place.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { readMap } from '../../server/turf/read-map.ts';
import { makeApp, type TestApp } from './make-app.ts';
import { around, makeTown } from './make-town.ts';
import { call, makeWalk } from './make-walk.ts';

let server: TestApp;
let db: ChapterDb;
let folder: string;
beforeEach(async () => {
  server = await makeApp();
  db = await server.makeChapter('oakdale');
  await makeTown(db, 'Oak');
  folder = await mkdtemp(join(tmpdir(), 'streets-'));
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/** Main St along all houses, and a motorway behind them. */
async function loadStreets(): Promise<MapLayers['streets']> {
  const line = (street: string, cls: string, lat: number) => ({
    type: 'Feature',
    properties: { street, cls },
    geometry: {
      type: 'LineString',
      coordinates: [
        [-50.001, lat],
        [-49.99, lat],
      ],
    },
  });
  const features = [line('Main St', 'residential', 41.9999), line('I 90', 'motorway', 42.0003)];
  const path = join(folder, 'streets.geojson');
  await writeFile(path, JSON.stringify({ type: 'FeatureCollection', features }));
  expect(await loadPlace(db, findRollFiles(folder).place)).toMatchObject({ ok: true });
  return (await readMap(db)).streets;
}

/** Every other house gets a number as if it stood at the far end. */
async function mixNumbers(): Promise<void> {
  for (let key = 2; key <= 10; key += 2) {
    await db.write((trx) =>
      trx
        .updateTable('buildings')
        .set({ number: String(100 + 2 * key + 1) })
        .where('key', '=', key)
        .execute(),
    );
  }
}

/** What is walked, by where it lies along the street: the house and its unit. */
async function walked(): Promise<{ lon: number[]; units: string[]; positions: number[] }> {
  const { phone } = await makeWalk(server, db);
  const { doors, buildings } = phone.packet;
  const lonOf = new Map(buildings.map(({ id, lon }) => [id, lon ?? NaN]));
  return {
    lon: doors.map(({ buildingId }) => lonOf.get(buildingId) ?? NaN),
    units: doors.map(({ unit }) => unit),
    positions: doors.map(({ position }) => position),
  };
}

test('a turf is walked along the streets, house by house, units together', async () => {
  await loadStreets();
  await mixNumbers();
  const { lon, units, positions } = await walked();
  const eastward = [...lon].sort((a, b) => a - b);
  expect([eastward, [...eastward].reverse()]).toContainEqual(lon);
  expect(units).toEqual(lon.map((_, index) => String((index % 2) + 1)));
  expect(positions).toEqual(lon.map((_, index) => index + 1));
});

test('without streets a turf is walked on streets made up out of its addresses', async () => {
  await mixNumbers();
  const { lon } = await walked();
  const eastward = [...lon].sort((a, b) => a - b);
  expect([eastward, [...eastward].reverse()]).toContainEqual(lon);
});

test('doors of another turf are no part of the way, and a new outline orders anew', async () => {
  await loadStreets();
  const lead = await server.staff(db, 'coordinator');
  const { universe, turf } = await makeWalk(server, db);
  const body = { universeId: universe.id, name: 'East', outline: around(2, 9) };
  const east = await call<{ doors: number }>(server, lead, 'POST', '/v1/turfs', body);
  expect(east.doors).toBe(20 - turf.doors);
  const kept = await db.read
    .selectFrom('turf_doors')
    .innerJoin('doors', 'doors.key', 'turf_doors.door_key')
    .select(['doors.building_key as at', 'position'])
    .where('turf_id', '!=', turf.id)
    .orderBy('position')
    .execute();
  const places = kept.map(({ at }) => at);
  const eastward = [...places].sort((a, b) => a - b);
  expect([eastward, [...eastward].reverse()]).toContainEqual(places);
  expect(kept.map(({ position }) => position)).toEqual(kept.map((_, index) => index + 1));
});

test('a motorway stays a road that nobody walks', async () => {
  const { features } = await loadStreets();
  expect(features.map(({ properties }) => properties['cls'])).toEqual(['residential', 'limited']);
  expect(readStreets({ features }).streets.map(({ kind }) => kind)).toEqual(['side', 'limited']);
});
