import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DoorId } from '#shared/kernel/ids.ts';
import type { CutTurf, Turf } from '#shared/model/turf.ts';
import type { TurfWalk, WalkPace, WalkWish } from '#shared/model/turf-walk.ts';
import { EVERYONE, type Universe } from '#shared/model/universe.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { makeApp, type TestApp } from './make-app.ts';
import { around, makeTown } from './make-town.ts';
import { call, makeWalk } from './make-walk.ts';

const SHORT: WalkWish = { start: null, comeBack: false, oneSide: false, byHand: null };

let server: TestApp;
let db: ChapterDb;
let lead: { headers: { cookie: string } };
let turf: CutTurf;
beforeEach(async () => {
  server = await makeApp();
  db = await server.makeChapter('oakdale');
  await makeTown(db, 'Oak');
  lead = await server.staff(db, 'coordinator');
  const wish = { name: 'All', question: EVERYONE };
  const universe = await call<Universe>(server, lead, 'POST', '/v1/universes', wish);
  turf = await call(server, lead, 'POST', '/v1/turfs', {
    universeId: universe.id,
    name: 'East',
    outline: around(0, 5),
  });
});
afterEach(() => server.close());

const keep = (wish: WalkWish, version: number) =>
  server.app.inject({
    method: 'PUT',
    url: `/v1/turfs/${turf.id}/walk`,
    headers: { ...lead.headers, 'if-match': String(version) },
    payload: wish,
  });
const read = () => call<TurfWalk>(server, lead, 'GET', `/v1/turfs/${turf.id}/walk`);
const preview = (wish: WalkWish) =>
  call<TurfWalk>(server, lead, 'POST', `/v1/turfs/${turf.id}/walk/preview`, wish);
const doorsOf = (walk: TurfWalk): DoorId[] =>
  walk.stops.flatMap(({ doors }) => doors.map(({ doorId }) => doorId));

test('a walk says its stops, its way, its length and how short it could be', async () => {
  const walk = await read();
  expect(doorsOf(walk)).toHaveLength(turf.doors);
  expect(walk.stops.map(({ number }) => number)).toEqual(walk.stops.map((_, at) => at + 1));
  expect(walk.ground).toBe('addresses');
  expect(walk.line.length).toBeGreaterThan(1);
  expect(walk.metres).toBeGreaterThan(0);
  expect(walk.lowerBound).toBeGreaterThan(0);
  expect(walk.lowerBound).toBeLessThanOrEqual(walk.length);
  expect(walk.minutes).toBe(Math.round(walk.metres / 75 + turf.doors * 2.5));
  expect(await preview(SHORT)).toMatchObject({ length: walk.length, wish: SHORT });
});

test('a wish is looked at without being kept, and kept over the version that was seen', async () => {
  const before = await read();
  const start: [number, number] = [-49.99, 42];
  const wished = await preview({ ...SHORT, start });
  expect(doorsOf(wished)).toEqual(
    doorsOf(before)
      .toReversed()
      .sort((a, b) => doorsOf(wished).indexOf(a) - doorsOf(wished).indexOf(b)),
  );
  expect(wished.stops[0]?.lon).toBeGreaterThan(wished.stops.at(-1)?.lon ?? 0);
  expect(doorsOf(await read())).toEqual(doorsOf(before));
  expect((await keep({ ...SHORT, start }, before.version + 1)).statusCode).toBe(409);
  const kept = (await keep({ ...SHORT, start }, before.version)).json<TurfWalk>();
  expect([kept.version, kept.wish.start]).toEqual([before.version + 1, start]);
  expect(doorsOf(kept)).toEqual(doorsOf(wished));
});

test('an order by hand stays through publishing, and is what the phone and the desk show', async () => {
  const { version, stops, ...rest } = await read();
  const byHand = doorsOf({ ...rest, version, stops: stops.toReversed() });
  expect((await keep({ ...SHORT, byHand }, version)).statusCode).toBe(200);
  await call(server, lead, 'POST', `/v1/turfs/${turf.id}/publish`);
  const listed = await call<{ doorId: string }[]>(
    server,
    lead,
    'GET',
    `/v1/turfs/${turf.id}/doors`,
  );
  expect(listed.map(({ doorId }) => doorId)).toEqual(byHand);
  expect(doorsOf(await read())).toEqual(byHand);
  const refused = await keep(SHORT, version + 2);
  expect([refused.statusCode, refused.json()]).toMatchObject([
    409,
    { problem: { code: 'turf-published' } },
  ]);
});

test('the list says the metres of the walk itself, once it was looked at or published', async () => {
  const listed = async () => (await call<Turf[]>(server, lead, 'GET', '/v1/turfs'))[0]?.onFoot;
  expect(await listed()).toBeNull();
  const { metres, version } = await read();
  expect(await listed()).toBe(metres);
  const start: [number, number] = [-49.99, 42];
  await preview({ ...SHORT, start });
  expect(await listed()).toBe(metres);
  const kept = (await keep({ ...SHORT, start }, version)).json<TurfWalk>();
  expect(await listed()).toBe(kept.metres);
  await db.write((trx) => trx.updateTable('turfs').set({ on_foot: null }).execute());
  const published = await call<Turf>(server, lead, 'POST', `/v1/turfs/${turf.id}/publish`);
  expect(published.onFoot).toBe(kept.metres);
  expect((await read()).metres).toBe(kept.metres);
});

test('phone and desk have the same numbers', async () => {
  const { phone, turf: walked } = await makeWalk(server, db);
  const walk = await call<TurfWalk>(server, lead, 'GET', `/v1/turfs/${walked.id}/walk`);
  const desk = walk.stops.flatMap(({ doors }) => doors.map((door) => [door.doorId, door.position]));
  expect(desk).toEqual(phone.packet.doors.map(({ id, position }) => [id, position]));
});

test('a chapter that has not walked yet has the usual pace', async () => {
  const pace = await call<WalkPace>(server, lead, 'GET', '/v1/walk-pace');
  expect(pace).toEqual({ minutesADoor: 2.5, metresAMinute: 75, walks: 0 });
});
