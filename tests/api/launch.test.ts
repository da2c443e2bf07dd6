import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AuditPage } from '#shared/model/audit.ts';
import type { LaunchBoard, PassTurf } from '#shared/model/launch.ts';
import type { Packet } from '#shared/model/packet.ts';
import type { TurfSet, UsedTurfSet } from '#shared/model/turf-library.ts';
import type { Turf } from '#shared/model/turf.ts';
import { EVERYONE, type Universe, type UniverseDoors } from '#shared/model/universe.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { makeApp, START, type TestApp } from './make-app.ts';
import { makeKnock } from './make-knock.ts';
import { around, makeTown } from './make-town.ts';
import { call, joinPhone, launch, makeWalk, push, sealKnock, type Walk } from './make-walk.ts';

const HOUR = 3_600_000;

let server: TestApp;
let db: ChapterDb;
let walk: Walk;
let desk: { headers: { cookie: string } };
beforeEach(async () => {
  server = await makeApp();
  db = await server.makeChapter('oakdale');
  await makeTown(db, 'Oak');
  walk = await makeWalk(server, db);
  desk = await server.staff(db, 'coordinator');
});
afterEach(() => server.close());

const doorOf = ({ doors }: Packet, at: number): string => doors[at]?.id ?? '';
const board = () => call<LaunchBoard>(server, desk, 'GET', '/v1/launch');
const rowOf = async (turfId: string) => (await board()).rows.find((row) => row.turfId === turfId);
const post = (url: string, payload: object) =>
  server.app.inject({ method: 'POST', url, headers: desk.headers, payload });
const codeOf = (answer: { json(): unknown }) =>
  (answer.json() as { problem: { code: string } }).problem.code;
const knock = (at: number, result?: 'not-home' | 'do-not-contact') =>
  sealKnock(walk.phone, makeKnock(doorOf(walk.phone.packet, at), result), START);

test('the next pass has only the doors left; who is still out keeps all and brings it home', async () => {
  const { phone, turf, universe } = walk;
  const contact = { ...makeKnock(doorOf(phone.packet, 0)), outcome: { kind: 'contact' } } as const;
  const done = [sealKnock(phone, contact, START), knock(1), knock(2, 'do-not-contact')];
  await push(server, phone, done);
  const lying = await walk.code();
  const wish = { doors: 'no-contact', publish: true };
  const passed = await call<PassTurf>(server, desk, 'POST', `/v1/turfs/${turf.id}/next-pass`, wish);
  expect(passed).toMatchObject({ name: 'Main St (2)', doors: 6 });

  const turfs = await call<Turf[]>(server, desk, 'GET', '/v1/turfs');
  const next = turfs.find(({ id }) => id === passed.turfId);
  expect(next?.tally).toMatchObject({ doors: 6, knocked: 0, remaining: 6 });
  expect(await rowOf(turf.id)).toMatchObject({ closedAt: START, pass: 1, holds: [{}] });
  expect(await rowOf(passed.turfId)).toMatchObject({ firstId: turf.id, pass: 2, holds: [] });
  // A building is in one open turf, and universes know of that one alone.
  const doors = await call<UniverseDoors>(
    server,
    desk,
    'GET',
    `/v1/universes/${universe.id}/doors`,
  );
  expect(doors.turfs).toEqual([passed.turfId]);
  expect(await call(server, desk, 'GET', `/v1/turfs?universe=${universe.id}`)).toHaveLength(1);

  // The phone that is still out keeps its turf, and what it brings counts there.
  const late = await push(server, phone, [knock(3)]);
  expect(late.results).toMatchObject([{ status: 'applied' }]);
  const pulled = await call<{ scopes: unknown[] }>(
    server,
    await phone.reader(),
    'GET',
    `/v1/pull?cursor=${phone.packet.cursor}`,
  );
  expect(pulled.scopes).toMatchObject([{ id: turf.id, state: 'held' }]);
  const again = await call<Turf[]>(server, desk, 'GET', '/v1/turfs');
  expect(again.find(({ id }) => id === turf.id)?.tally.knocked).toBe(4);

  // Nobody joins the one that is closed; who joins the new one sees what was done meanwhile.
  const refused = await server.app.inject({
    method: 'POST',
    url: '/v1/join',
    payload: { code: lying, name: 'Dana' },
  });
  expect(codeOf(refused)).toBe('code-refused');
  expect(codeOf(await post(`/v1/turfs/${turf.id}/launch`, {}))).toBe('turf-closed');
  expect(codeOf(await post(`/v1/turfs/${turf.id}/next-pass`, wish))).toBe('turf-closed');
  const redrawn = await server.app.inject({
    method: 'PATCH',
    url: `/v1/turfs/${turf.id}`,
    headers: { ...desk.headers, 'if-match': '2' },
    payload: { outline: around(4, 5) },
  });
  expect(codeOf(redrawn)).toBe('turf-closed');
  const { packet } = await joinPhone(
    server,
    (await launch(server, db, passed.turfId)).code,
    'Dana',
  );
  expect(packet.doors.map(({ id }) => id)).toEqual(
    phone.packet.doors.flatMap(({ id }, at) => (at === 0 || at === 2 ? [] : [id])),
  );
  expect(packet.people.filter(({ target }) => target).length).toBe(packet.people.length);
  expect(packet.history.map(({ opId }) => opId)).toContain(late.results[0]?.opId);

  const third = { doors: 'not-knocked', publish: false };
  const draft = await call<PassTurf>(
    server,
    desk,
    'POST',
    `/v1/turfs/${passed.turfId}/next-pass`,
    third,
  );
  expect(draft).toMatchObject({ name: 'Main St (3)', doors: 6 });
  expect(await rowOf(draft.turfId)).toMatchObject({ state: 'draft', firstId: turf.id, pass: 3 });
  expect(codeOf(await post(`/v1/turfs/${draft.turfId}/next-pass`, third))).toBe('turf-draft');
});

test('where every door was spoken at there is no next pass, and the turf stays open', async () => {
  const { phone, turf } = walk;
  const all = phone.packet.doors.map((_, at) => knock(at, 'do-not-contact'));
  await push(server, phone, all);
  const wish = { doors: 'no-contact', publish: true };
  const refused = await post(`/v1/turfs/${turf.id}/next-pass`, wish);
  expect(codeOf(refused)).toBe('turf-nothing-left');
  expect(await rowOf(turf.id)).toMatchObject({ closedAt: null });
});

test('a hold is made longer or shorter, runs out by itself, and shows as run out', async () => {
  const { phone, turf } = walk;
  const { deviceId } = phone.joined;
  const url = `/v1/turfs/${turf.id}/extend`;
  const until = START + 2 * HOUR;
  expect((await post(url, { deviceId, until })).statusCode).toBe(204);
  expect(await rowOf(turf.id)).toMatchObject({
    holds: [{ deviceId, memberName: 'Cleo', from: START, until, purgedAt: null }],
  });
  for (const wrong of [START - 1, START + 31 * 24 * HOUR]) {
    expect(codeOf(await post(url, { deviceId, until: wrong }))).toBe('hold-until');
  }
  server.time.now = until;
  expect(await rowOf(turf.id)).toMatchObject({ holds: [{ deviceId, until }] });
  expect(codeOf(await post(url, { deviceId, until: until + HOUR }))).toBe('hold-over');
  const { scopes } = await call<{ scopes: unknown[] }>(
    server,
    await phone.reader(),
    'GET',
    `/v1/pull?cursor=${phone.packet.cursor}`,
  );
  expect(scopes).toMatchObject([{ id: turf.id, state: 'ended' }]);
  const { lines } = await call<AuditPage>(server, desk, 'GET', '/v1/audit');
  expect(lines[0]).toMatchObject({ kind: 'turf-extended', details: { phone: deviceId, until } });
});

test('the board hears at once of who joins and what is taken back, and of the day', async () => {
  const { phone, turf } = walk;
  await server.app.listen({ port: 0, host: '127.0.0.1' });
  const address = server.app.server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const stop = new AbortController();
  const live = await fetch(`http://127.0.0.1:${port}/v1/live`, {
    headers: desk.headers,
    signal: stop.signal,
  });
  const heard = live.body?.[Symbol.asyncIterator]();
  let text = '';
  const next = async (): Promise<LaunchBoard> => {
    for (;;) {
      const found = /^event: launch\ndata: (.*)\n\n/m.exec(text);
      if (found !== null) {
        text = text.slice(found.index + found[0].length);
        return JSON.parse(found[1] ?? '') as LaunchBoard;
      }
      const { value } = (await heard?.next()) ?? {};
      text += Buffer.from((value ?? []) as Uint8Array).toString();
    }
  };
  const namesOf = ({ rows }: LaunchBoard): string[] =>
    rows.flatMap(({ holds }) => holds.map(({ memberName }) => memberName));
  await joinPhone(server, await walk.code(), 'Dana');
  expect(namesOf(await next())).toEqual(['Cleo', 'Dana']);
  await post(`/v1/turfs/${turf.id}/take-back`, { deviceId: phone.joined.deviceId });
  expect(namesOf(await next())).toEqual(['Dana']);

  const contact = { ...makeKnock(doorOf(phone.packet, 0)), outcome: { kind: 'contact' } } as const;
  const yesterday = sealKnock(phone, makeKnock(doorOf(phone.packet, 5)), START - 24 * HOUR);
  const first = knock(1);
  await push(server, phone, [sealKnock(phone, contact, START), first, yesterday]);
  expect((await board()).day).toEqual({
    since: START - 10 * HOUR,
    doors: 2,
    knocks: 2,
    contacts: 1,
    phones: 1,
  });
  await push(server, phone, [first, knock(1)]);
  expect((await board()).day).toMatchObject({ doors: 2, knocks: 3, contacts: 1 });
  stop.abort();
});

test('kept turfs are used in another universe; what fell out is counted', async () => {
  const { turf, universe } = walk;
  const second = await call<Turf>(server, desk, 'POST', '/v1/turfs', {
    universeId: universe.id,
    name: 'Second',
    outline: around(4, 9),
  });
  const wish = { name: ' Main St, spring ', turfIds: [second.id, turf.id] };
  const set = await call<TurfSet>(server, desk, 'POST', '/v1/turf-sets', wish);
  expect(set).toMatchObject({ name: 'Main St, spring', turfs: 2, buildings: 10 });
  expect(codeOf(await post('/v1/turf-sets', { ...wish, name: set.name }))).toBe('turf-set-named');

  // In its own universe everything is taken; in one of the second precinct half of it is gone.
  const use = (universeId: string) =>
    call<UsedTurfSet>(server, desk, 'POST', `/v1/turf-sets/${set.id}/use`, { universeId });
  expect(await use(universe.id)).toEqual({ turfs: 0, buildings: 0, gone: 0, taken: 10, empty: 2 });
  const other = await call<Universe>(server, desk, 'POST', '/v1/universes', {
    name: 'Precinct 2',
    question: { ...EVERYONE, precincts: ['2'] },
  });
  expect(await use(other.id)).toEqual({ turfs: 1, buildings: 5, gone: 5, taken: 0, empty: 1 });
  const made = await call<Turf[]>(server, desk, 'GET', `/v1/turfs?universe=${other.id}`);
  expect(made).toMatchObject([{ name: 'Second', state: 'draft', doors: 10 }]);

  const url = `/v1/turf-sets/${set.id}`;
  await call(server, desk, 'PATCH', url, { name: 'Autumn' });
  expect(await call(server, desk, 'GET', '/v1/turf-sets')).toMatchObject([
    { name: 'Autumn', universeName: 'Everyone', keptBy: 'The coordinator' },
  ]);
  await call(server, desk, 'DELETE', url);
  expect(await call(server, desk, 'GET', '/v1/turf-sets')).toEqual([]);
  expect(await call(server, desk, 'GET', `/v1/turfs?universe=${other.id}`)).toHaveLength(1);
});
