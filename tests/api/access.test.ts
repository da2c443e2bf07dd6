import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '#shared/model/role.ts';
import type { RouteEntry } from '../../server/plugins/route-list.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { makeApp, START, type TestApp } from './make-app.ts';
import { makeTown } from './make-town.ts';
import { joinPhone, makeWalk, type Phone, type Walk } from './make-walk.ts';

let server: TestApp;
let oak: ChapterDb;
let elm: ChapterDb;
let elmWalk: Walk;
let oakWalk: Walk;
let who: Map<Role | 'push' | 'nobody', Record<string, string>>;

beforeAll(async () => {
  server = await makeApp();
  oak = await server.makeChapter('oakdale');
  elm = await server.makeChapter('elmwood');
  await makeTown(oak, 'Oak');
  await makeTown(elm, 'Elm');
  oakWalk = await makeWalk(server, oak);
  elmWalk = await makeWalk(server, elm);
  who = new Map<Role | 'push' | 'nobody', Record<string, string>>([['nobody', {}]]);
  for (const role of ['coordinator', 'research-lead', 'admin'] as const) {
    who.set(role, (await server.staff(oak, role)).headers);
  }
  who.set('canvasser', { ...(await oakWalk.phone.reader()).headers });
  who.set('push', { ...oakWalk.phone.headers });
});
afterAll(() => server.close());

const UNKNOWN = '0190a0a0-0000-7000-8000-00000000dead';

function try_(route: RouteEntry, headers: Record<string, string>, id = UNKNOWN) {
  const { method, url } = route;
  const withBody = ['POST', 'PUT', 'PATCH'].includes(method);
  return server.app.inject({
    method: method as 'GET',
    url: url.replace(':id', id),
    headers: { ...headers, ...(withBody && { 'content-type': 'application/json' }) },
    ...(withBody && { payload: '{}' }),
  });
}

const pullUrl = ({ packet }: Phone): string =>
  `/v1/pull?cursor=${encodeURIComponent(packet.cursor)}`;

/** Routes whose answer never ends by itself, or that end what the other tries need. */
const ASIDE = ['/v1/live', '/v1/sign-out'];

test('every route says who may call it, and there are as many as the contract has', () => {
  expect(server.routes.length).toBeGreaterThan(40);
  for (const route of server.routes) expect(route.access).toBeDefined();
});

test('who may not call a route gets the same nothing from it as from one that is not there', async () => {
  const nowhere = await server.app.inject('/v1/nowhere');
  let refusals = 0;
  for (const route of server.routes) {
    if (route.access === 'anyone') continue;
    for (const [role, headers] of who) {
      if (role !== 'nobody' && route.access.includes(role)) continue;
      const answer = await try_(route, headers);
      const said = `${role} ${route.method} ${route.url}`;
      expect([said, answer.statusCode]).toEqual([said, role === 'nobody' ? 401 : 404]);
      if (role !== 'nobody' && route.method !== 'HEAD') expect(answer.body).toBe(nowhere.body);
      refusals += 1;
    }
  }
  expect(refusals).toBeGreaterThan(80);
});

test('whoever was revoked or has left reads how they stand, from every route that there is', async () => {
  const leaver = await joinPhone(server, await oakWalk.code(), 'Lee');
  const revoked = await joinPhone(server, await oakWalk.code(), 'Rae');
  const readers = [await leaver.reader(), await revoked.reader()];
  await oak.write(async (trx) => {
    const left = { left_at: START };
    const out = { revoked_at: START };
    await trx.updateTable('members').set(left).where('name', '=', 'Lee').execute();
    await trx.updateTable('devices').set(out).where('id', '=', revoked.joined.deviceId).execute();
  });
  let tried = 0;
  for (const route of server.routes) {
    if (route.method === 'HEAD' || route.access === 'anyone') continue;
    if (!route.access.includes('canvasser')) continue;
    for (const { headers } of readers) {
      const url = route.url === '/v1/pull' ? pullUrl(oakWalk.phone) : `${route.url}?since=0`;
      const answer = await server.app.inject({ method: 'GET', url, headers: { ...headers } });
      const pull = route.url === '/v1/pull';
      expect([route.url, answer.statusCode]).toEqual([route.url, pull ? 200 : 404]);
      expect(answer.body).not.toMatch(/Oak|Main St/);
      if (pull) expect(answer.json()).toMatchObject({ standing: 'revoked', changes: [] });
      tried += 1;
    }
  }
  expect(tried).toBe(8);
});

test('an id of another chapter gives the same answer as an id that never was', async () => {
  const script = await elm.read.selectFrom('scripts').select('id').executeTakeFirst();
  const foreign = [
    elmWalk.turf.id,
    elmWalk.universe.id,
    ...(script === undefined ? [] : [script.id]),
  ];
  let tried = 0;
  for (const route of server.routes) {
    if (!route.url.includes(':id') || route.access === 'anyone') continue;
    for (const role of route.access) {
      const headers = { ...who.get(role), 'if-match': '1' };
      for (const payload of [{}, { name: 'x' }]) {
        const send = (id: string) =>
          server.app.inject({
            method: route.method as 'GET',
            url: route.url.replace(':id', id),
            headers,
            ...(['POST', 'PUT', 'PATCH'].includes(route.method) && { payload }),
          });
        const unknown = await send(UNKNOWN);
        for (const id of foreign) {
          const answer = await send(id);
          expect([route.url, answer.statusCode, answer.body]).toEqual([
            route.url,
            unknown.statusCode,
            unknown.body,
          ]);
          tried += 1;
        }
      }
    }
  }
  expect(tried).toBeGreaterThan(30);
});

test('nothing that any role can read of one chapter names another chapter’s people', async () => {
  for (const route of server.routes) {
    if (route.access === 'anyone' || route.method !== 'GET' || ASIDE.includes(route.url)) continue;
    for (const role of route.access) {
      for (const id of [oakWalk.turf.id, oakWalk.universe.id]) {
        const answer = await try_(route, who.get(role) ?? {}, id);
        expect([route.url, answer.body.includes('Elm')]).toEqual([route.url, false]);
      }
    }
  }
});

test('a canvasser reads the people of the turf that the phone holds, and of no other', async () => {
  const { packet } = oakWalk.phone;
  expect(packet.people).toHaveLength(12);
  const doors = new Set(packet.doors.map((door) => door.id));
  for (const person of packet.people) expect(doors.has(person.doorId)).toBe(true);
  await oak.write((trx) => trx.updateTable('assignments').set({ ended_at: 1 }).execute());
  const { headers } = await oakWalk.phone.reader();
  const packetNow = await server.app.inject({ url: '/v1/packet', headers });
  expect(packetNow.statusCode).toBe(404);
  const pull = await server.app.inject({
    url: `/v1/pull?cursor=${encodeURIComponent(packet.cursor)}`,
    headers,
  });
  expect(pull.json()).toMatchObject({
    changes: [],
    scopes: [{ id: packet.turf.id, state: 'ended' }],
  });
  expect(pull.body).not.toContain('Oak,');
});

test('a token or cookie of one chapter never opens another', async () => {
  const cookie = String(who.get('admin')?.['cookie']);
  const swapped = cookie.replace(oak.id, elm.id);
  expect(
    (await server.app.inject({ url: '/v1/me', headers: { cookie: swapped } })).statusCode,
  ).toBe(401);
  for (const role of ['canvasser', 'push'] as const) {
    const authorization = String(who.get(role)?.['authorization']).replace(oak.id, elm.id);
    for (const url of ['/v1/packet', '/v1/token']) {
      const method = url === '/v1/token' ? 'POST' : 'GET';
      const answer = await server.app.inject({ method, url, headers: { authorization } });
      expect(answer.statusCode).toBe(401);
    }
  }
});
