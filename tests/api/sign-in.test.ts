import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeStaffLink, addMember } from '../../server/chapter/staff-links.ts';
import { makeApp, type TestApp } from './make-app.ts';

let server: TestApp;
beforeEach(async () => {
  server = await makeApp();
});
afterEach(() => server.close());

const signIn = (token: string) =>
  server.app.inject({ method: 'POST', url: '/v1/sign-in', payload: { token } });
const me = (headers: { cookie: string }) =>
  server.app.inject({ method: 'GET', url: '/v1/me', headers });

async function makeLink(reusable = false): Promise<string> {
  const db = await server.makeChapter('oakdale');
  const id = await addMember(db, { name: 'Ada', role: 'coordinator' }, server.ports);
  return (await makeStaffLink(db, id, server.ports, { reusable })).token;
}

test('a link works once, however often it is tried', async () => {
  const token = await makeLink();
  const first = await signIn(token);
  expect(first.statusCode).toBe(200);
  expect(first.json()).toMatchObject({
    member: { name: 'Ada', role: 'coordinator' },
    deviceId: null,
  });
  expect(String(first.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Strict/);
  expect(String(first.headers['set-cookie'])).not.toMatch(/Secure/);
  const again = await signIn(token);
  expect(again.statusCode).toBe(404);
  expect(again.json()).toMatchObject({ problem: { code: 'link-refused' } });
});

test('two people who open one link at the same moment: one gets in', async () => {
  const token = await makeLink();
  const answers = await Promise.all([signIn(token), signIn(token), signIn(token)]);
  expect(answers.map((a) => a.statusCode).sort((a, b) => a - b)).toEqual([200, 404, 404]);
});

test('a link expires after 72 hours, and looks like one that never was', async () => {
  const token = await makeLink();
  server.time.now += 72 * 3_600_000;
  const late = await signIn(token);
  const never = await signIn(`${token.slice(0, -3)}AAA`);
  const foreign = await signIn(`0190a0a0-0000-7000-8000-000000000000.${token.slice(37)}`);
  const noise = await signIn('noise');
  for (const answer of [never, foreign, noise]) {
    expect([answer.statusCode, answer.body]).toEqual([late.statusCode, late.body]);
  }
});

test('a session slides for 12 hours and ends after seven days', async () => {
  const db = await server.makeChapter('oakdale');
  const { headers } = await server.staff(db, 'admin');
  for (let hours = 0; hours < 7 * 24 - 11; hours += 11) {
    expect((await me(headers)).statusCode).toBe(200);
    server.time.now += 11 * 3_600_000;
  }
  server.time.now += 11 * 3_600_000;
  expect((await me(headers)).statusCode).toBe(401);
});

test('whether somebody is signed in is asked without a refusal, and tells of nobody else', async () => {
  const entry = async (headers: Record<string, string>) => {
    const answer = await server.app.inject({ url: '/v1/signed-in', headers });
    return [answer.statusCode, answer.json<unknown>()];
  };
  const db = await server.makeChapter('oakdale');
  const { headers } = await server.staff(db, 'admin');
  const own = await me(headers);
  expect(await entry(headers)).toEqual([200, { me: own.json<unknown>() }]);
  const nobody = [200, { me: null }];
  expect(await entry({})).toEqual(nobody);
  expect(await entry({ cookie: `${headers.cookie.slice(0, -3)}AAA` })).toEqual(nobody);
  server.time.now += 12 * 3_600_000;
  expect(await entry(headers)).toEqual(nobody);
});

test('an idle session ends, and signing out ends one at once', async () => {
  const db = await server.makeChapter('oakdale');
  const idle = await server.staff(db, 'admin');
  server.time.now += 12 * 3_600_000;
  expect((await me(idle.headers)).statusCode).toBe(401);
  const left = await server.staff(db, 'admin');
  const out = await server.app.inject({
    method: 'POST',
    url: '/v1/sign-out',
    headers: left.headers,
  });
  expect(out.statusCode).toBe(204);
  expect((await me(left.headers)).statusCode).toBe(401);
});

test('a member who has left is nobody from the next request on', async () => {
  const db = await server.makeChapter('oakdale');
  const { headers, memberId } = await server.staff(db, 'admin');
  await db.write((trx) =>
    trx.updateTable('members').set({ left_at: 1 }).where('id', '=', memberId).execute(),
  );
  expect((await me(headers)).statusCode).toBe(401);
});

test('a page of another site cannot act with our cookie', async () => {
  const db = await server.makeChapter('oakdale');
  const { headers } = await server.staff(db, 'admin');
  for (const evil of [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
  ]) {
    const answer = await server.app.inject({
      method: 'POST',
      url: '/v1/sign-out',
      headers: { ...headers, ...evil },
    });
    expect(answer.statusCode).toBe(403);
  }
  expect((await me(headers)).statusCode).toBe(200);
});

test('guessing links is slowed down, and says for how long', async () => {
  for (let i = 0; i < 20; i++) expect((await signIn('wrong')).statusCode).toBe(404);
  const answer = await signIn('wrong');
  expect(answer.statusCode).toBe(429);
  expect(answer.headers['retry-after']).toBe('60');
  server.time.now += 60_000;
  expect((await signIn('wrong')).statusCode).toBe(404);
});

test('answers carry the security headers and are never cached', async () => {
  const answer = await server.app.inject('/v1/health');
  expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  expect(answer.headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(answer.headers['x-content-type-options']).toBe('nosniff');
  expect(answer.headers['strict-transport-security']).toBeUndefined();
});
