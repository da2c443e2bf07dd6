import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Script } from '#shared/model/script.ts';
import type { CutTurf, Turf } from '#shared/model/turf.ts';
import { EVERYONE, type Universe, type UniverseDoors } from '#shared/model/universe.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { makeApp, START, type TestApp } from './make-app.ts';
import { around, makeTown } from './make-town.ts';
import { call, makeWalk, push, sealKnock } from './make-walk.ts';

let server: TestApp;
let db: ChapterDb;
let lead: { headers: { cookie: string } };
let universe: Universe;
beforeEach(async () => {
  server = await makeApp();
  db = await server.makeChapter('oakdale');
  await makeTown(db, 'Oak');
  lead = await server.staff(db, 'coordinator');
  universe = await call(server, lead, 'POST', '/v1/universes', { name: 'All', question: EVERYONE });
});
afterEach(() => server.close());

const cut = (first: number, last: number, name = `${first} to ${last}`) =>
  call<CutTurf>(server, lead, 'POST', '/v1/turfs', {
    universeId: universe.id,
    name,
    outline: around(first, last),
  });
const send = (
  method: 'POST' | 'PATCH' | 'DELETE',
  url: string,
  payload?: object,
  ifMatch?: string,
) =>
  server.app.inject({
    method,
    url,
    headers: { ...lead.headers, ...(ifMatch !== undefined && { 'if-match': ifMatch }) },
    ...(payload && { payload }),
  });

test('each question narrows, and those without a value can be asked for', async () => {
  const count = (change: object) =>
    call(server, lead, 'POST', '/v1/universes/count', { ...EVERYONE, ...change });
  expect(await count({})).toEqual({ people: 30, doors: 20, placed: 20 });
  expect(await count({ parties: ['D'] })).toMatchObject({ people: 10 });
  expect(await count({ parties: [''] })).toMatchObject({ people: 10 });
  expect(await count({ precincts: ['2'] })).toEqual({ people: 15, doors: 10, placed: 10 });
  expect(await count({ minAge: 21, maxAge: 23 })).toMatchObject({ people: 3 });
  expect(await count({ elections: ['2024-11-05'] })).toMatchObject({ people: 15 });
});

test('a building is never in two turfs: it stays with the first, and the answer says so', async () => {
  const first = await cut(0, 4);
  const second = await cut(3, 6);
  expect([first.doors, first.leftWithOthers]).toEqual([10, 0]);
  expect([second.doors, second.leftWithOthers]).toEqual([4, 2]);
  expect([first.hue, second.hue]).toEqual([0, 1]);
  const refused = await send('POST', '/v1/turfs', {
    universeId: universe.id,
    name: 'Again',
    outline: around(1, 2),
  });
  expect(refused.statusCode).toBe(409);
  expect(refused.json()).toMatchObject({
    problem: { code: 'building-in-two-turfs', facts: { turfs: '0 to 4' } },
  });
  expect(await call<Turf[]>(server, lead, 'GET', '/v1/turfs')).toHaveLength(2);
  const doors = await call<UniverseDoors>(
    server,
    lead,
    'GET',
    `/v1/universes/${universe.id}/doors`,
  );
  expect(doors.turf).toEqual([0, 0, 0, 0, 0, 1, 1, -1, -1, -1]);
});

test('two coordinators change one turf: the second is told and loses nothing', async () => {
  const turf = await cut(0, 4);
  const url = `/v1/turfs/${turf.id}`;
  expect((await send('PATCH', url, { name: 'Mine' }, '"1"')).json()).toMatchObject({ version: 2 });
  const late = await send('PATCH', url, { name: 'Yours' }, '"1"');
  expect(late.statusCode).toBe(409);
  expect(late.json()).toMatchObject({ problem: { code: 'version-changed' } });
  expect((await send('PATCH', url, { name: 'Yours' })).statusCode).toBe(400);
  expect((await send('PATCH', url, { outline: around(0, 1) }, '2')).json()).toMatchObject({
    name: 'Mine',
    doors: 4,
  });
});

test('a published turf is named anew and never redrawn; its knocks keep it from going', async () => {
  const { turf, phone } = await makeWalk(server, db);
  const url = `/v1/turfs/${turf.id}`;
  const { doors } = turf;
  const wish = { name: 'Smaller', outline: around(0, 1) };
  const redrawn = await send('PATCH', url, wish, String(turf.version));
  expect([redrawn.statusCode, redrawn.json()]).toMatchObject([
    409,
    { problem: { code: 'turf-fixed' } },
  ]);
  const renamed = await send('PATCH', url, { name: 'River' }, String(turf.version));
  expect(renamed.json()).toMatchObject({ name: 'River', state: 'published', doors, version: 3 });
  const doorId = phone.packet.doors[0]?.id;
  if (doorId === undefined) throw new Error('no door');
  const outcome = { kind: 'result', result: 'not-home' } as const;
  const knock = { doorId, personId: null, outcome, answers: [], note: null };
  await push(server, phone, [sealKnock(phone, knock, START)]);
  expect((await send('DELETE', url)).json()).toMatchObject({ problem: { code: 'turf-walked' } });
  const draft = await cut(5, 6);
  expect((await send('DELETE', `/v1/turfs/${draft.id}`)).statusCode).toBe(204);
});

test('a turf that a phone may still be walking is not deleted, and its late knocks are taken', async () => {
  const { turf, phone } = await makeWalk(server, db);
  const refused = await send('DELETE', `/v1/turfs/${turf.id}`);
  expect(refused.statusCode).toBe(409);
  expect(refused.json()).toMatchObject({ problem: { code: 'turf-handed-out' } });
  const doorId = phone.packet.doors[0]?.id;
  if (doorId === undefined) throw new Error('no door');
  const outcome = { kind: 'result', result: 'not-home' } as const;
  const knock = { doorId, personId: null, outcome, answers: [], note: null };
  const { results } = await push(server, phone, [sealKnock(phone, knock, START)]);
  expect(results).toMatchObject([{ status: 'applied' }]);
});

test('a turf without doors is not published, and a draft is not handed out', async () => {
  const empty = await cut(30, 31);
  expect((await send('POST', `/v1/turfs/${empty.id}/publish`)).json()).toMatchObject({
    problem: { code: 'turf-empty' },
  });
  expect((await send('POST', `/v1/turfs/${empty.id}/launch`)).json()).toMatchObject({
    problem: { code: 'turf-draft' },
  });
  expect((await send('DELETE', `/v1/universes/${universe.id}`)).json()).toMatchObject({
    problem: { code: 'universe-in-use' },
  });
});

test('a published script never changes, and a draft with a fault is not published', async () => {
  const question = {
    id: '0190a0a0-0000-7000-8000-000000000001',
    kind: 'support',
    prompt: 'With us?',
    options: [],
  };
  const save = { name: 'Spring', draft: { opening: '', questions: [question], closing: '' } };
  const script = await call<Script>(server, lead, 'POST', '/v1/scripts', save);
  const url = `/v1/scripts/${script.id}`;
  const once = await call<Script>(server, lead, 'POST', `${url}/publish`);
  const changed = { ...save, draft: { ...save.draft, opening: 'Hello' } };
  const put = await server.app.inject({
    method: 'PUT',
    url,
    headers: { ...lead.headers, 'if-match': '"1"' },
    payload: changed,
  });
  expect(put.json()).toMatchObject({ version: 2, published: [{ number: 1, body: save.draft }] });
  const twice = await call<Script>(server, lead, 'POST', `${url}/publish`);
  expect(twice.published.map((one) => one.number)).toEqual([2, 1]);
  expect(twice.published[1]).toEqual(once.published[0]);
  const empty = { name: 'Empty', draft: { opening: '', questions: [], closing: '' } };
  const bare = await call<Script>(server, lead, 'POST', '/v1/scripts', empty);
  const refused = await send('POST', `/v1/scripts/${bare.id}/publish`);
  expect(refused.statusCode).toBe(409);
  expect(refused.json()).toMatchObject({ problem: { code: 'script-not-ready' } });
});
