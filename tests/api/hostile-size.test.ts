import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { isProblem } from '#shared/kernel/problem.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { makeBombs } from './corpora.ts';
import { makeApp, START, type TestApp } from './make-app.ts';
import { around, makeTown } from './make-town.ts';
import { makeWalk, type Walk } from './make-walk.ts';

let server: TestApp;
let db: ChapterDb;
let walk: Walk;
let admin: { headers: { cookie: string } };
beforeAll(async () => {
  server = await makeApp();
  db = await server.makeChapter('oakdale');
  await makeTown(db, 'Oak');
  walk = await makeWalk(server, db);
  admin = await server.staff(db, 'admin');
});
afterAll(() => server.close());
afterEach(() => {
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

test('bombs on every route that takes a body cost a moment, and change nothing', async () => {
  const bombs = makeBombs();
  const routes = server.routes.filter(
    ({ method, schema }) => method !== 'HEAD' && schema.body !== undefined,
  );
  const headersOf = (
    access: (typeof routes)[number]['access'],
  ): Readonly<Record<string, string>> =>
    access !== 'anyone' && access.includes('push') ? walk.phone.headers : admin.headers;
  const counts = async () =>
    Promise.all(
      (['ops', 'held_ops', 'universes', 'turfs', 'scripts', 'devices', 'members'] as const).map(
        async (table) => (await db.read.selectFrom(table).selectAll().execute()).length,
      ),
    );
  const before = await counts();
  let [tried, slowest] = [0, 0];
  for (const [i, bomb] of bombs.entries()) {
    for (const [r, route] of routes.entries()) {
      // Each bomb at two routes in turn, and every bomb where facts come in.
      if (route.url !== '/v1/push' && (r + i) % Math.ceil(routes.length / 2) !== 0) continue;
      server.time.now += 60_000;
      const began = performance.now();
      const answer = await server.app.inject({
        method: route.method as 'POST',
        url: route.url.replaceAll(/:\w+/g, '0190a0a0-0000-7000-8000-00000000dead'),
        headers: { ...headersOf(route.access), ...bomb.headers, 'if-match': '1' },
        payload: bomb.body,
      });
      slowest = Math.max(slowest, performance.now() - began);
      const said = `${bomb.name} at ${route.method} ${route.url}`;
      expect([said, [400, 404, 413, 415, 429].includes(answer.statusCode)]).toEqual([said, true]);
      expect(isProblem(answer.json<{ problem: unknown }>().problem)).toBe(true);
      tried += 1;
    }
  }
  server.time.now = START;
  expect(tried).toBeGreaterThanOrEqual(50);
  // A loaded machine is slow; what a bomb wants is minutes and all of the memory.
  expect(slowest).toBeLessThan(5000);
  expect(await counts()).toEqual(before);
  expect((await server.app.inject('/v1/health')).statusCode).toBe(200);
});

test('an outline that crosses itself all over is refused at once, and one of too many corners before', async () => {
  const star = Array.from({ length: 499 }, (_, i) => {
    const turn = (2 * Math.PI * i * 211) / 499;
    return [-50 + 0.002 * Math.cos(turn), 42 + 0.002 * Math.sin(turn)];
  });
  const make = (rings: unknown[][]) => ({
    universeId: walk.universe.id,
    name: 'x',
    outline: { type: 'Polygon', coordinates: rings },
  });
  const post = async (payload: object) => {
    const began = performance.now();
    const answer = await server.app.inject({
      method: 'POST',
      url: '/v1/turfs',
      headers: admin.headers,
      payload,
    });
    return {
      code: answer.json<{ problem: { code: string } }>().problem.code,
      ms: performance.now() - began,
    };
  };
  const crossed = await post(make([[...star, star[0]]]));
  expect(crossed.code).toBe('outline-crosses');
  expect(crossed.ms).toBeLessThan(2000);
  const many = Array.from({ length: 2500 }, (_, i) => [-50 + i * 1e-6, 42]);
  expect((await post(make([[...many, many[0]]]))).code).toMatch(/^(outline-too-many|not-valid)$/);
  const [square] = around(0, 1).coordinates;
  expect((await post(make([[...(square ?? [])], [...(square ?? [])]]))).code).toBe('outline-holes');
  expect((await post(make(Array.from({ length: 5 }, () => [...(square ?? [])])))).code).toBe(
    'not-valid',
  );
  const deep = JSON.parse('['.repeat(9) + ']'.repeat(9)) as unknown[];
  expect((await post(make([deep]))).code).toBe('not-valid');
  const properties = { ...make([[...(square ?? [])]]), properties: { name: '<b>' } };
  expect((await post(properties)).code).toBe('not-valid');
});
