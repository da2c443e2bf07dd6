import { afterAll, beforeAll, expect, test } from 'vitest';
import { EVERYONE } from '#shared/model/universe.ts';
import { isProblem } from '#shared/kernel/problem.ts';
import { makeApp, type TestApp } from './make-app.ts';
import { breakInserts } from '../postgres/exec-raw.ts';
import { around } from './make-town.ts';

let server: TestApp;
let headers: Record<string, string>;
beforeAll(async () => {
  server = await makeApp();
  const db = await server.makeChapter('oakdale');
  headers = { ...(await server.staff(db, 'admin')).headers, 'content-type': 'application/json' };
});
afterAll(() => server.close());

const post = (url: string, payload: string) =>
  server.app.inject({ method: 'POST', url, headers, payload });
const save = (change: object): string =>
  JSON.stringify({ name: 'All', question: EVERYONE, ...change });

const UNIVERSE = '0190a0a0-0000-7000-8000-00000000dead';
const turf = (outline: object): string =>
  JSON.stringify({ universeId: UNIVERSE, name: 'x', outline });

test.each([
  ['invalid JSON', '/v1/universes', '{"name":'],
  ['an empty body', '/v1/universes', ''],
  ['no object', '/v1/universes', '[]'],
  ['an unknown field', '/v1/universes', save({ chapterId: 'another' })],
  ['a missing field', '/v1/universes', JSON.stringify({ name: 'All' })],
  ['a number as text', '/v1/universes/count', JSON.stringify({ ...EVERYONE, minAge: '30' })],
  ['a NUL character', '/v1/universes', save({ name: 'A\0B' })],
  ['a name beyond its length', '/v1/universes', save({ name: 'x'.repeat(121) })],
  ['a body nested without end', '/v1/universes', '['.repeat(100_000) + ']'.repeat(100_000)],
  ['a prototype in the body', '/v1/universes', '{"__proto__":{"a":1},"name":"x"}'],
  ['an outline of text', '/v1/turfs', turf({ type: 'Polygon', coordinates: 'x' })],
  [
    'an outline of two corners',
    '/v1/turfs',
    turf({
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [1, 1],
        ],
      ],
    }),
  ],
])('%s is refused with a sentence, and nothing is changed', async (_, url, body) => {
  const answer = await post(url, body);
  expect(answer.statusCode).toBe(400);
  const said = answer.json<{ problem: unknown; text: string }>();
  expect(isProblem(said.problem)).toBe(true);
  expect(said.text).toContain('Nothing was changed');
  expect((await server.app.inject({ url: '/v1/universes', headers })).json()).toEqual([]);
});

test('a body above the limit is refused by its size', async () => {
  const answer = await post('/v1/universes', save({ name: 'x'.repeat(2_000_000) }));
  expect(answer.statusCode).toBe(413);
  expect(answer.json()).toMatchObject({ problem: { code: 'body-too-large' } });
});

test('an address that cannot be read is refused like everything else', async () => {
  const answer = await server.app.inject({ url: '/v1/turfs/%E0%A4%A/doors', headers });
  expect(answer.statusCode).toBe(400);
  expect(isProblem(answer.json<{ problem: unknown }>().problem)).toBe(true);
});

test('an id that is no id is refused before it reaches a query', async () => {
  for (const id of ["1'%20or%201=1", '../../registry.db', 'x'.repeat(500)]) {
    const answer = await server.app.inject({ url: `/v1/turfs/${id}/doors`, headers });
    expect([400, 404]).toContain(answer.statusCode);
    expect(isProblem(answer.json<{ problem: unknown }>().problem)).toBe(true);
  }
});

test('a turf of a universe that is not there is nothing', async () => {
  expect((await post('/v1/turfs', turf(around(0, 1)))).statusCode).toBe(404);
});

test('a full disk while an export begins is told as such, not as a file', async () => {
  const db = await server.makeChapter('full');
  const lead = await server.staff(db, 'research-lead');
  await breakInserts(db, 'exports', {
    when: 'true',
    message: 'database or disk is full',
    code: '53100',
    undo: 'rollback',
  });
  const answer = await server.app.inject({ url: '/v1/exports/knocks.csv', headers: lead.headers });
  expect(answer.statusCode).toBe(507);
  expect(answer.json()).toMatchObject({ problem: { code: 'disk-full' } });
  expect(answer.headers['content-disposition']).toBeUndefined();
});
