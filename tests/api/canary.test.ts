import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { breakInserts } from '../postgres/exec-raw.ts';
import { makeApp, START, type TestApp } from './make-app.ts';
import { makeTown } from './make-town.ts';
import { makeWalk, push, sealKnock, type Walk } from './make-walk.ts';
import { makeValid } from './valid-body.ts';

/** Stands in every name, e-mail and number of the roll, and in what canvassers write. */
const CANARY = 'Zilpzalp';
const UNKNOWN = '0190a0a0-0000-7000-8000-00000000dead';

let server: TestApp;
let db: ChapterDb;
let walk: Walk;
let admin: Awaited<ReturnType<TestApp['staff']>>;
const lines: string[] = [];
beforeAll(async () => {
  const stream = { write: (line: string) => void lines.push(line) };
  server = await makeApp(null, {}, { level: 'trace', stream });
  db = await server.makeChapter('oakdale');
  await makeTown(db, CANARY);
  walk = await makeWalk(server, db);
  admin = await server.staff(db, 'admin');
});
afterAll(() => server.close());

/** What no line of a log may hold: people, and what opens a door. */
function findSaid(): string[] {
  const secrets = [
    CANARY,
    'First1',
    walk.phone.joined.deviceToken,
    admin.headers.cookie.slice('hg_session='.length),
  ];
  return lines.filter((line) => secrets.some((secret) => line.includes(secret)));
}

test('no line of the log names a voter or holds a token, whatever goes right or wrong', async () => {
  const { phone } = walk;
  const [person] = phone.packet.people;
  if (person === undefined) throw new Error('An empty turf.');
  const fact = {
    doorId: person.doorId,
    personId: person.id,
    outcome: { kind: 'contact' as const },
    answers: [],
    note: `${CANARY} was at home`,
  };
  const sealed = sealKnock(phone, fact, START);
  await push(server, phone, [sealed, { ...sealed, opId: UNKNOWN }]);

  const reader = await phone.reader();
  await server.app.inject({ url: `/v1/members?name=${CANARY}`, headers: reader.headers });
  const bodies = (body: unknown): string[] => [
    JSON.stringify(makeValid(body, UNKNOWN) ?? {}),
    JSON.stringify({ name: CANARY, [CANARY]: CANARY }),
    `{"name":"${CANARY}"`,
    `${CANARY},First1`,
  ];
  for (const { method, url, schema } of server.routes) {
    if (method === 'HEAD' || ['/v1/live', '/v1/sign-out/everywhere'].includes(url)) continue;
    for (const { headers } of [admin, phone, reader]) {
      const address = url.replaceAll(/:\w+/g, UNKNOWN);
      const asked = `${address}?like=${CANARY}&cursor=${CANARY}&name=${CANARY}`;
      for (const payload of method === 'GET' ? [undefined] : bodies(schema.body)) {
        if (url === '/v1/sign-out' && headers === admin.headers) continue;
        await server.app.inject({
          method: method as 'GET',
          url: method === 'GET' ? asked : address,
          headers: { ...headers, 'content-type': 'application/json', 'if-match': '1' },
          ...(payload !== undefined && { payload }),
        });
      }
    }
  }
  expect(findSaid()).toEqual([]);
  const refused = lines.flatMap((line) => {
    const { msg, ...more } = JSON.parse(line) as { msg?: string; code?: string; by?: string };
    return msg === 'refused' ? [more] : [];
  });
  expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(['not-found', 'not-valid']));
  expect(refused.length).toBeLessThanOrEqual(20);
  expect(refused[0]).toMatchObject({ by: phone.joined.deviceId, code: 'not-found' });
  expect(refused.map(({ by }) => by)).toContain(admin.memberId);
});

test('a fault in the server is logged with its place and without what it was about', async () => {
  const before = lines.length;
  const undo = await breakInserts(db, 'universes', {
    when: 'true',
    message: `duplicate key: ${CANARY}`,
    code: 'XX000',
    undo: 'abort',
  });
  const answer = await server.app.inject({
    method: 'POST',
    url: '/v1/universes',
    headers: admin.headers,
    payload: {
      name: CANARY,
      question: makeValid(
        server.routes.find(({ url }) => url === '/v1/universes/count')?.schema.body,
        UNKNOWN,
      ) as object,
    },
  });
  await undo();
  expect(answer.statusCode).toBe(500);
  expect(answer.body).not.toContain(CANARY);
  const said = lines.slice(before);
  expect(said.some((line) => line.includes('/v1/universes'))).toBe(true);
  expect(findSaid()).toEqual([]);
});
