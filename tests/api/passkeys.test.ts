import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MemberId } from '#shared/kernel/ids.ts';
import type { AskPasskey, MakePasskey, MyPasskeys, RecoveryCodes } from '#shared/model/passkey.ts';
import type { Role } from '#shared/model/role.ts';
import { addMember, giveLink } from '../../server/chapter/staff-links.ts';
import { BY_OPERATOR } from '../../server/audit/append-audit.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { makeApp, type TestApp } from './make-app.ts';
import { SoftwarePasskey, type Twist } from './software-passkey.ts';

const MINUTE = 60_000;

let server: TestApp;
let db: ChapterDb;
beforeEach(async () => {
  server = await makeApp();
  db = await server.makeChapter('oakdale');
});
afterEach(() => server.close());

interface Headers {
  readonly cookie?: string;
}

interface Said<T> {
  readonly status: number;
  readonly text: string;
  readonly body: T;
  /** With the session that the answer gave, or those that asked. */
  readonly headers: Headers;
}

async function call<T>(
  method: 'GET' | 'POST' | 'DELETE',
  url: string,
  headers: Headers = {},
  payload?: object,
): Promise<Said<T>> {
  const answer = await server.app.inject({ method, url, headers: { ...headers }, payload });
  const session = answer.cookies.find(({ name }) => name === 'hg_session');
  const cookie = session === undefined ? headers : { cookie: `hg_session=${session.value}` };
  const body = (answer.body === '' ? null : answer.json()) as T;
  return { status: answer.statusCode, text: answer.body, body, headers: cookie };
}

let made = 0;

/** A member with a link, who has not come in yet. */
async function invite(role: Role, chapter = db): Promise<{ id: MemberId; token: string }> {
  made += 1;
  const id = await addMember(chapter, { name: `Ada ${made}`, role }, server.ports);
  return { id, token: await linkFor(id, chapter) };
}

async function linkFor(id: MemberId, chapter = db): Promise<string> {
  const link = await giveLink(chapter, id, server.ports, BY_OPERATOR);
  return link.ok ? (link.value.url.split('#')[1] ?? '') : '';
}

const enter = (token: string) => call<unknown>('POST', '/v1/sign-in', {}, { token });
const ask = async () => (await call<AskPasskey>('POST', '/v1/sign-in/ask')).body;
const isIn = async (headers: Headers) => (await call('GET', '/v1/exports', headers)).status;

async function makeKey(headers: Headers, key: SoftwarePasskey, twist: Twist = {}) {
  const wish = await call<MakePasskey>('POST', '/v1/passkeys/new', headers);
  return call<MyPasskeys>('POST', '/v1/passkeys', headers, key.make(wish.body, 'Laptop', twist));
}

/** A member who came by a link and made a passkey. */
async function arrive(role: Role, chapter = db) {
  const { id, token } = await invite(role, chapter);
  const key = new SoftwarePasskey((made += 1));
  const entered = await enter(token);
  const done = await makeKey(entered.headers, key);
  expect(done.status).toBe(200);
  return { id, key, headers: done.headers, before: entered.headers };
}

const enterBy = async (key: SoftwarePasskey, twist: Twist = {}) =>
  call<{ member: { id: string } }>('POST', '/v1/sign-in/passkey', {}, key.show(await ask(), twist));

const kinds = async (chapter = db): Promise<string[]> =>
  (await chapter.read.selectFrom('audit').select('kind').orderBy('seq').execute()).map(
    ({ kind }) => kind,
  );

test('a link opens the making of a passkey and nothing else; the passkey then opens the desk', async () => {
  const { token } = await invite('admin');
  const entered = await enter(token);
  expect(entered.status).toBe(200);
  expect(entered.body).toMatchObject({ keys: { passkeys: 0, codes: 0, passkeyFirst: true } });
  for (const url of ['/v1/exports', '/v1/turfs', '/v1/members', '/v1/passkeys']) {
    const answer = await call('GET', url, entered.headers);
    expect([url, answer.status]).toEqual([url, 403]);
    expect(answer.body).toMatchObject({ problem: { code: 'passkey-first' } });
  }
  const key = new SoftwarePasskey((made += 1));
  const done = await makeKey(entered.headers, key);
  expect(done.body).toMatchObject({ passkeys: [{ name: 'Laptop', lastUsedAt: null }] });
  expect(await isIn(done.headers)).toBe(200);
  // The half-way session has given way to another token.
  expect(await isIn(entered.headers)).toBe(401);
  await call('POST', '/v1/sign-out', done.headers);
  expect(await isIn(done.headers)).toBe(401);
  const again = await enterBy(key);
  expect(again.status).toBe(200);
  expect(again.body).toMatchObject({ keys: { passkeys: 1, passkeyFirst: false } });
  expect(await isIn(again.headers)).toBe(200);
  expect(await kinds()).toEqual([
    'invited',
    'signed-in',
    'passkey-added',
    'signed-out',
    'signed-in',
  ]);
});

test('who has a passkey comes in by no older link, and by a new one only to make another', async () => {
  const { id, token } = await invite('coordinator');
  const [early, later] = [token, await linkFor(id)];
  expect((await enter(early)).status).toBe(404);
  const entered = await enter(later);
  const key = new SoftwarePasskey((made += 1));
  expect((await makeKey(entered.headers, key)).status).toBe(200);
  expect((await enter(later)).status).toBe(404);
  // An admin's link is for who has lost the passkey: it opens nothing after another was made.
  const recovery = await enter(await linkFor(id));
  expect(await isIn(recovery.headers)).toBe(403);
  expect((await enterBy(key)).status).toBe(200);
  const newKey = new SoftwarePasskey((made += 1));
  const done = await makeKey(recovery.headers, newKey);
  expect(done.body.passkeys).toHaveLength(1);
  expect((await enterBy(key)).status).toBe(404);
  expect((await enterBy(newKey)).status).toBe(200);
});

const HANDLE = Buffer.alloc(32, 7).toString('base64url');
test.each<[string, Twist]>([
  ['another origin', { origin: 'http://localhost:8081' }],
  ['a look-alike origin', { origin: 'http://localhost:8080.evil.example' }],
  ['another relying party', { rpId: 'evil.example' }],
  ['a challenge of nobody', { challenge: Buffer.alloc(54, 1).toString('base64url') }],
  ['no challenge', { challenge: '' }],
  ['an owner who was not verified', { verified: false }],
  ['an owner who was not there', { present: false }],
  ['a counter that goes back', { counter: 0 }],
  ['an answer to another question', { type: 'webauthn.create' }],
  ['a signature that was bent', { spoilSignature: true }],
  ['the handle of nobody', { userHandle: HANDLE }],
  ['a handle that is none', { userHandle: 'AAAA' }],
])('a passkey with %s is refused, and no refusal tells which', async (_, twist) => {
  const { key } = await arrive('admin');
  expect((await enterBy(key)).status).toBe(200);
  const nobody = new SoftwarePasskey((made += 1));
  const unknown = await enterBy(nobody, { userHandle: HANDLE });
  expect(unknown.status).toBe(404);
  const answer = await enterBy(key, twist);
  expect([answer.status, answer.text]).toEqual([unknown.status, unknown.text]);
  // And it still works as it should.
  expect((await enterBy(key)).status).toBe(200);
});

test('an answer counts once, at one of two doors, and not after five minutes', async () => {
  const { key } = await arrive('admin');
  const send = (shown: object) => call('POST', '/v1/sign-in/passkey', {}, shown);
  const shown = key.show(await ask());
  const both = await Promise.all([send(shown), send(shown)]);
  expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 404]);
  expect((await send(shown)).status).toBe(404);
  // The same challenge signed anew is spent too.
  const question = await ask();
  expect((await send(key.show(question))).status).toBe(200);
  expect((await send(key.show(question))).status).toBe(404);
  const late = key.show(await ask());
  server.time.now += 5 * MINUTE;
  expect((await send(late)).status).toBe(404);
  const rows = await db.read.selectFrom('challenges').select('purpose').execute();
  expect(rows.every(({ purpose }) => purpose === 'spent')).toBe(true);
});

test('a passkey of one chapter is nobody in another, whoever it says that it is', async () => {
  const elm = await server.makeChapter('elmwood');
  const oak = await arrive('admin');
  const other = await arrive('admin', elm);
  const handle = (chapter: ChapterDb, id: MemberId): string =>
    Buffer.from(`${chapter.id}${id}`.replaceAll('-', ''), 'hex').toString('base64url');
  for (const [chapter, id] of [
    [elm, other.id],
    [elm, oak.id],
    [db, other.id],
  ] as const) {
    const twist = { userHandle: handle(chapter, id) };
    expect((await enterBy(oak.key, twist)).status).toBe(404);
  }
  const home = await enterBy(oak.key);
  expect(home.body.member.id).toBe(oak.id);
  const chapters = await call<{ chapter: { slug: string } }>('GET', '/v1/me', home.headers);
  expect(chapters.body.chapter.slug).toBe('oakdale');
});

test('a passkey is made only by who answers in time, for us, verified, once', async () => {
  const { token } = await invite('admin');
  const { headers } = await enter(token);
  const key = new SoftwarePasskey((made += 1));
  for (const twist of [
    { origin: 'https://evil.example' },
    { rpId: 'evil.example' },
    { challenge: 'AAAA' },
    { verified: false },
    { type: 'webauthn.get' },
  ]) {
    const answer = await makeKey(headers, key, twist);
    expect(answer.body).toMatchObject({ problem: { code: 'passkey-unmade' } });
  }
  const wish = await call<MakePasskey>('POST', '/v1/passkeys/new', headers);
  const late = key.make(wish.body, 'Laptop');
  server.time.now += 5 * MINUTE;
  expect((await call('POST', '/v1/passkeys', headers, late)).status).toBe(400);
  const done = await makeKey(headers, key);
  expect(done.status).toBe(200);
  // Nobody else takes the same credential, nor its challenge.
  const next = await invite('admin');
  const other = await enter(next.token);
  expect((await makeKey(other.headers, key)).status).toBe(400);
  // Another member's challenge is none of mine.
  const theirs = await call<MakePasskey>('POST', '/v1/passkeys/new', other.headers);
  const mine = await call<MakePasskey>('POST', '/v1/passkeys/new', done.headers);
  const twisted = new SoftwarePasskey((made += 1)).make(mine.body, 'x', {
    challenge: theirs.body.challenge,
  });
  expect((await call('POST', '/v1/passkeys', done.headers, twisted)).status).toBe(400);
});

test('what leaves asks for the passkey again after five minutes, and the token changes', async () => {
  const { key, headers } = await arrive('research-lead');
  expect((await enterBy(key)).status).toBe(200);
  const take = (who: Headers) => call('GET', '/v1/passkeys/asked', who);
  expect((await take(headers)).status).toBe(204);
  server.time.now += 5 * MINUTE;
  expect((await take(headers)).body).toMatchObject({ problem: { code: 'ask-passkey' } });
  const csv = await server.app.inject({ url: '/v1/exports/knocks.csv', headers: { ...headers } });
  expect([csv.statusCode, csv.headers['content-disposition']]).toEqual([403, undefined]);
  const step = async (twist: Twist = {}) => {
    const question = await call<AskPasskey>('POST', '/v1/passkeys/ask', headers);
    expect(question.body.passkeys.map(({ id }) => id)).toEqual([key.id]);
    return call('POST', '/v1/passkeys/asked', headers, key.show(question.body, twist));
  };
  for (const twist of [{ verified: false }, { origin: 'https://evil.example' }, { counter: 0 }]) {
    expect((await step(twist)).status).toBe(404);
  }
  // The sign-in page's question is not this one.
  const foreign = key.show(await ask());
  expect((await call('POST', '/v1/passkeys/asked', headers, foreign)).status).toBe(404);
  const stepped = await step();
  expect(stepped.status).toBe(204);
  expect(stepped.headers).not.toEqual(headers);
  const file = { url: '/v1/exports/knocks.csv', headers: { ...stepped.headers } };
  expect((await server.app.inject(file)).statusCode).toBe(200);
  // What was under way with the old token ends; half a minute later it is nobody's.
  expect(await isIn(headers)).toBe(200);
  server.time.now += 30_000;
  expect(await isIn(headers)).toBe(401);
  expect(await isIn(stepped.headers)).toBe(200);
});

test('another member’s passkey answers for nobody else', async () => {
  const one = await arrive('admin');
  const other = await arrive('admin');
  server.time.now += 5 * MINUTE;
  const question = await call<AskPasskey>('POST', '/v1/passkeys/ask', one.headers);
  const answer = other.key.show(question.body);
  expect((await call('POST', '/v1/passkeys/asked', one.headers, answer)).status).toBe(404);
  const url = `/v1/passkeys/${other.key.id}`;
  const { status } = await call('POST', '/v1/passkeys/ask', other.headers);
  expect(status).toBe(200);
  expect((await call('DELETE', url, one.headers)).status).toBe(403);
});

test('the last passkey stays while there are no codes; removing asks for the passkey', async () => {
  const { key, headers } = await arrive('coordinator');
  const remove = (id: string) => call('DELETE', `/v1/passkeys/${id}`, headers);
  expect((await remove(key.id)).body).toMatchObject({ problem: { code: 'last-passkey' } });
  const second = new SoftwarePasskey((made += 1));
  expect((await makeKey(headers, second)).body.passkeys).toHaveLength(2);
  expect((await remove(key.id)).status).toBe(200);
  expect((await enterBy(key)).status).toBe(404);
  expect((await remove('AAAA')).status).toBe(404);
  const codes = await call<RecoveryCodes>('POST', '/v1/recovery-codes', headers);
  expect(codes.body.codes).toHaveLength(10);
  expect((await remove(second.id)).status).toBe(200);
  server.time.now += 5 * MINUTE;
  for (const [method, url] of [
    ['POST', '/v1/recovery-codes'],
    ['POST', '/v1/passkeys/new'],
    ['DELETE', `/v1/passkeys/${second.id}`],
  ] as const) {
    expect((await call(method, url, headers)).status).toBe(403);
  }
});

test('a recovery code works once, however it is typed, and opens the making of a passkey', async () => {
  const { headers } = await arrive('admin');
  const { body } = await call<RecoveryCodes>('POST', '/v1/recovery-codes', headers);
  const use = (code: string, chapter = 'oakdale') =>
    call('POST', '/v1/sign-in/code', {}, { chapter, code });
  const [first = '', second = ''] = body.codes;
  await server.makeChapter('elmwood');
  const wrong = await use('0000-0000-0000-0000');
  expect(wrong.status).toBe(404);
  for (const answer of [await use(first, 'elmwood'), await use(first, 'nowhere'), await use('x')]) {
    expect([answer.status, answer.text]).toEqual([wrong.status, wrong.text]);
  }
  const entered = await use(` ${first.toLowerCase().replaceAll('-', ' ')}`, ' Oakdale ');
  expect(entered.status).toBe(200);
  expect(await isIn(entered.headers)).toBe(403);
  expect((await use(first)).text).toBe(wrong.text);
  const key = new SoftwarePasskey((made += 1));
  const done = await makeKey(entered.headers, key);
  expect(done.body.passkeys).toHaveLength(2);
  expect(done.body.codes.left).toBe(9);
  // Whoever sat at another desk with the lost one is out.
  expect(await isIn(headers)).toBe(401);
  await call('POST', '/v1/recovery-codes', done.headers);
  expect((await use(second)).status).toBe(404);
  const stored = await db.read.selectFrom('recovery_codes').selectAll().execute();
  expect(JSON.stringify(stored)).not.toContain(second);
});

test('refusals enter the chain one line a minute for each address', async () => {
  const wrong = () => call('POST', '/v1/sign-in/code', {}, { chapter: 'oakdale', code: 'x' });
  for (let i = 0; i < 5; i += 1) await wrong();
  expect(await kinds()).toEqual(['sign-in-refused']);
  server.time.now += MINUTE;
  await wrong();
  expect(await kinds()).toEqual(['sign-in-refused', 'sign-in-refused']);
});

test('signing out everywhere ends every session of the member, and of nobody else', async () => {
  const { key, headers } = await arrive('admin');
  const second = await enterBy(key);
  const other = await arrive('admin');
  expect((await call('POST', '/v1/sign-out/everywhere', second.headers)).status).toBe(204);
  expect(await isIn(headers)).toBe(401);
  expect(await isIn(second.headers)).toBe(401);
  expect(await isIn(other.headers)).toBe(200);
});

test('a session of before passkeys makes one first too', async () => {
  const { headers, memberId } = await server.staff(db, 'admin');
  await db.write((trx) =>
    trx.updateTable('sessions').set({ how: null }).where('member_id', '=', memberId).execute(),
  );
  expect(await isIn(headers)).toBe(403);
});
