import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { makeApp, type TestApp } from './make-app.ts';
import { makeTown } from './make-town.ts';
import { call, joinPhone, makeWalk, type Walk } from './make-walk.ts';

let server: TestApp;
let db: ChapterDb;
let walk: Walk;
beforeAll(async () => {
  server = await makeApp();
  db = await server.makeChapter('oakdale');
  await makeTown(db, 'Oak');
  walk = await makeWalk(server, db);
});
afterAll(() => server.close());

test('codes that are guessed at speed open nothing, all look alike, and soon nobody listens', async () => {
  const answers = new Map<string, number>();
  const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  for (let i = 0; i < 400; i++) {
    const code = Array.from(
      { length: 8 },
      (_, at) => letters[(i * 7 + at * at * 5 + i * at) % 32],
    ).join('');
    const answer = await server.app.inject({
      method: 'POST',
      url: '/v1/join',
      remoteAddress: `10.0.0.${i % 5}`,
      payload: { code, name: 'Guess' },
    });
    const body = answer.json<{ problem: { code: string } }>();
    const said =
      answer.statusCode === 429 ? 'wait' : `${answer.statusCode} ${JSON.stringify(body)}`;
    answers.set(said, (answers.get(said) ?? 0) + 1);
    expect(answer.statusCode).not.toBe(200);
  }
  const heard = [...answers.keys()].filter((said) => said !== 'wait');
  expect(heard).toHaveLength(1);
  // Twenty a minute from each of five addresses, at the most.
  expect(answers.get(heard[0] ?? '')).toBeLessThanOrEqual(100);
  expect(answers.get('wait')).toBeGreaterThanOrEqual(300);
  server.time.now += 120_000;
});

test('a token that had its time, or whose session ended, opens nothing any more', async () => {
  const { phone } = walk;
  const { headers } = await phone.reader();
  const packet = () => server.app.inject({ url: '/v1/packet', headers });
  expect((await packet()).statusCode).toBe(200);
  const then = server.time.now;
  server.time.now += 15 * 60_000;
  expect((await packet()).statusCode).toBe(401);
  server.time.now = then;

  const { deviceId } = phone.joined;
  const ask = (answer?: object) =>
    server.app.inject({
      method: 'POST',
      url: '/v1/token',
      headers: phone.headers,
      payload: { deviceId, ...(answer && { answer }) },
    });
  const { challenge } = (await ask()).json<{ challenge: string }>();
  const signed = { challenge, signature: phone.key.sign(challenge) };
  server.time.now += 2 * 60_000;
  const late = await ask(signed);
  expect(late.body).not.toContain('"kind":"token"');
  const other = await joinPhone(server, await walk.code(), 'Ona');
  const foreign = await server.app.inject({
    method: 'POST',
    url: '/v1/token',
    headers: other.headers,
    payload: { deviceId: other.joined.deviceId, answer: signed },
  });
  expect(foreign.body).not.toContain('"kind":"token"');

  const coordinator = await server.staff(db, 'coordinator');
  const me = () => server.app.inject({ url: '/v1/me', headers: coordinator.headers });
  expect((await me()).statusCode).toBe(200);
  await call(server, coordinator, 'POST', '/v1/sign-out');
  expect((await me()).statusCode).toBe(401);
});
