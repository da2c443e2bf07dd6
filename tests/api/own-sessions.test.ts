import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MemberId } from '#shared/kernel/ids.ts';
import type { OwnSession } from '#shared/model/session.ts';
import { nameBrowser } from '../../server/chapter/name-browser.ts';
import { openSession } from '../../server/chapter/sessions.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { makeApp, type TestApp } from './make-app.ts';
import { call } from './make-walk.ts';

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';

let server: TestApp;
let db: ChapterDb;
beforeAll(async () => {
  server = await makeApp();
  db = await server.makeChapter('oakdale');
});
afterAll(() => server.close());

interface Browser {
  readonly headers: { readonly cookie: string; readonly 'user-agent': string };
}

/** One more session of a member, in this browser. */
async function signIn(memberId: MemberId, agent: string): Promise<Browser> {
  const who = { chapterId: db.id, memberId, how: 'passkey' } as const;
  const { token } = await db.write((trx) => openSession(trx, who, server.ports));
  return { headers: { cookie: `hg_session=${token}`, 'user-agent': agent } };
}

const list = (browser: Browser) => call<OwnSession[]>(server, browser, 'GET', '/v1/sessions');
const statusOf = async ({ headers }: Browser, url = '/v1/me', method: 'GET' | 'DELETE' = 'GET') =>
  (await server.app.inject({ method, url, headers })).statusCode;

test('a member sees where they are signed in, and ends one or all others', async () => {
  const { memberId } = await server.staff(db, 'coordinator');
  const here = await signIn(memberId, FIREFOX);
  const phone = await signIn(memberId, IPHONE);
  const script = await signIn(memberId, 'curl/8');
  server.time.now += 20 * 60_000;
  for (const one of [here, phone, script]) expect(await statusOf(one)).toBe(200);
  const sessions = await list(here);
  expect(sessions).toHaveLength(4);
  expect(sessions[0]).toMatchObject({
    here: true,
    device: 'Firefox, Windows',
    how: 'passkey',
    seenAt: server.time.now,
  });
  const onPhone = sessions.find(({ device }) => device === 'Safari, iPhone');
  expect(await statusOf(here, `/v1/sessions/${onPhone?.id ?? ''}`, 'DELETE')).toBe(204);
  expect([await statusOf(phone), await statusOf(script)]).toEqual([401, 200]);
  await call(server, here, 'POST', '/v1/sessions/end-others');
  expect([await statusOf(here), await statusOf(script)]).toEqual([200, 401]);
  expect(await list(here)).toHaveLength(1);
  const ended = await db.read
    .selectFrom('audit')
    .select('details')
    .where('kind', '=', 'signed-out')
    .execute();
  expect(ended.map(({ details }) => JSON.parse(details) as unknown)).toEqual([
    { everywhere: false, others: 1 },
    { everywhere: false, others: 2 },
  ]);
});

test('nobody ends the session of somebody else, or sees it', async () => {
  const one = await server.staff(db, 'admin');
  const other = await signIn((await server.staff(db, 'coordinator')).memberId, FIREFOX);
  const [theirs] = await list(other);
  const mine = { headers: { ...one.headers, 'user-agent': IPHONE } };
  expect(await statusOf(mine, `/v1/sessions/${theirs?.id ?? ''}`, 'DELETE')).toBe(404);
  expect(await statusOf(other)).toBe(200);
  expect((await list(mine)).map(({ here }) => here)).toEqual([true]);
});

test.each(['leave', 'role'])(
  'sessions end when an admin says %s, and none is left',
  async (deed) => {
    const admin = await server.staff(db, 'admin');
    const { memberId } = await server.staff(db, 'coordinator');
    const browser = await signIn(memberId, FIREFOX);
    expect(await statusOf(browser)).toBe(200);
    const body = deed === 'role' ? { role: 'canvasser' } : undefined;
    await call(server, admin, 'POST', `/v1/members/${memberId}/${deed}`, body);
    expect(await statusOf(browser)).toBe(401);
    const left = await db.read
      .selectFrom('sessions')
      .select('created_at')
      .where('member_id', '=', memberId)
      .execute();
    expect(left).toEqual([]);
  },
);

test('a browser is named by what it and its system are, and by nothing else it says', () => {
  const chrome =
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36';
  expect(nameBrowser(chrome)).toBe('Chrome, Linux');
  expect(nameBrowser(`${chrome} Edg/140.0`)).toBe('Edge, Linux');
  expect(nameBrowser('<script>alert(1)</script> Windows')).toBe('Windows');
  expect([nameBrowser('curl/8'), nameBrowser('x'.repeat(9000)), nameBrowser(undefined)]).toEqual([
    null,
    null,
    null,
  ]);
});
