import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Joined } from '#shared/model/chapter.ts';
import type { Invites, RemoteInvite, Waiting, WaitingAnswer } from '#shared/model/invite.ts';
import type { LaunchCode } from '#shared/model/turf.ts';
import type { Phone as ListedPhone } from '#shared/sync/phones.ts';
import { launchTurf } from '../../server/chapter/launch-turf.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { START, type TestApp } from './make-app.ts';
import { makeKnock } from './make-knock.ts';
import { makeOakdale } from './make-oakdale.ts';
import { makeTown } from './make-town.ts';
import {
  askToken,
  call,
  joinPhone,
  launch,
  makePhoneKey,
  makeWalk,
  push,
  sealKnock,
  type Walk,
} from './make-walk.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let server: TestApp;
let db: ChapterDb;
let walk: Walk;
let desk: { headers: { cookie: string } };
beforeEach(async () => {
  ({ server, db, walk, desk } = await makeOakdale());
});
afterEach(() => server.close());

const tokenOf = ({ url }: { readonly url: string }): string => url.split('#')[1] ?? '';
/** A try from an address of its own, unless one is named: addresses have limits. */
let address = 0;
const nextAddress = (): string => `10.9.${(address += 1) >> 8}.${address & 255}`;
const tryToJoin = (code: string, from = nextAddress(), more: object = {}) =>
  server.app.inject({
    method: 'POST',
    url: '/v1/join',
    remoteAddress: from,
    payload: { code, name: 'Eve', publicKey: makePhoneKey().publicKey, ...more },
  });
const atTable = (): Promise<LaunchCode> => launch(server, db, walk.turf.id);
const invites = () => call<Invites>(server, desk, 'GET', '/v1/invites');
const chain = async (kind: string) => {
  const rows = await db.read
    .selectFrom('audit')
    .select(['kind', 'details'])
    .where('kind', '=', kind as never)
    .orderBy('seq')
    .execute();
  return rows.map((row) => JSON.parse(row.details) as Record<string, unknown>);
};
/** The letters of a code with the last one changed. */
const misread = (code: string): string => code.slice(0, -1) + (code.endsWith('A') ? 'B' : 'A');

test('a code opens a turf once, scanned or typed, and for one of two who come at the same time', async () => {
  const first = await atTable();
  expect(tokenOf(first)).toMatch(/^[\w-]+\.[\w-]{43}$/);
  expect(first.code).toMatch(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/);
  expect(first.expiresAt).toBe(server.time.now + 10 * MINUTE);
  const both = await Promise.all([tryToJoin(tokenOf(first)), tryToJoin(first.code)]);
  expect(both.map((one) => one.statusCode).sort((a, b) => a - b)).toEqual([200, 404]);
  for (const code of [first.code, tokenOf(first), first.code.toLowerCase().replace('-', ' ')]) {
    expect((await tryToJoin(code)).statusCode).toBe(404);
  }
  const many = await atTable();
  const crowd = await Promise.all(Array.from({ length: 8 }, () => tryToJoin(many.code)));
  expect(crowd.filter((one) => one.statusCode === 200)).toHaveLength(1);
  expect((await invites()).joined.map(({ id }) => id).slice(0, 2)).toEqual([many.id, first.id]);
  expect((await chain('joined')).map(({ name }) => name)).toEqual(['Cleo', 'Eve', 'Eve']);
});

test('every bad code looks like every other: unknown, used, expired, refused, of a turf that is not handed out', async () => {
  const used = await atTable();
  await joinPhone(server, used.code, 'Dana');
  const expired = await atTable();
  server.time.now += 10 * MINUTE;
  desk = await server.staff(db, 'coordinator');
  const pulled = await atTable();
  await db.write((trx) => trx.updateTable('turfs').set({ state: 'draft' }).execute());
  const taken = await call<RemoteInvite>(server, desk, 'POST', '/v1/invites', { name: 'Ben' });
  await call(server, desk, 'POST', `/v1/invites/${taken.id}/refuse`);
  const elm = await server.makeChapter('elmwood');
  await makeTown(elm, 'Elm');
  const far = await makeWalk(server, elm);
  const there = await launch(server, elm, far.turf.id);
  const swapped = tokenOf(there).replace(elm.id, db.id);
  const bad = [
    'AAAAA-AAAAA',
    'nonsense',
    '7K3M-Q9TX',
    tokenOf(used),
    used.code,
    tokenOf(expired),
    expired.code,
    tokenOf(pulled),
    pulled.code,
    tokenOf(taken),
    swapped,
    `${tokenOf(pulled).slice(0, -1)}A`,
    misread(pulled.code),
  ];
  const answers = await Promise.all(bad.map((code) => tryToJoin(code)));
  const [first] = answers;
  expect(first?.statusCode).toBe(404);
  const headers = (one: (typeof answers)[number]) => ({ ...one.headers, date: '' });
  for (const answer of answers) {
    expect([answer.statusCode, answer.body]).toEqual([404, first?.body]);
    expect(Object.keys(headers(answer))).toEqual(Object.keys(first?.headers ?? {}));
  }
  // A code of one chapter never opens another, and still opens its own.
  expect((await tryToJoin(tokenOf(there))).json<Joined>().chapter.id).toBe(elm.id);
});

test('what is wrong with the phone is told before the code is looked at, and uses nothing up', async () => {
  const { code } = await atTable();
  for (const tried of [code, 'AAAAA-AAAAA']) {
    for (const more of [{ name: ' ' }, { publicKey: 'A'.repeat(87) }]) {
      expect((await tryToJoin(tried, nextAddress(), more)).statusCode).toBe(400);
    }
  }
  expect((await tryToJoin(code)).statusCode).toBe(200);
});

test('five wrong second halves end a code, its QR too, and the screen shows another', async () => {
  const shown = await atTable();
  for (let i = 0; i < 4; i++) expect((await tryToJoin(misread(shown.code))).statusCode).toBe(404);
  expect((await invites()).open).toEqual([shown.id]);
  expect((await tryToJoin(misread(shown.code))).statusCode).toBe(404);
  expect((await invites()).open).toEqual([]);
  for (const code of [shown.code, tokenOf(shown)]) {
    expect((await tryToJoin(code)).statusCode).toBe(404);
  }
});

test('forty canvassers behind one router all get in; who guesses from there does not', async () => {
  const from = '10.1.1.1';
  for (let i = 0; i < 40; i++) {
    const { code, url } = await atTable();
    const typed = i % 2 === 0 ? code : tokenOf({ url });
    expect((await tryToJoin(typed, from)).statusCode).toBe(200);
  }
  for (let i = 0; i < 20; i++) expect((await tryToJoin('AAAAA-AAAAA', from)).statusCode).toBe(404);
  const { code } = await atTable();
  expect((await tryToJoin(code, from)).statusCode).toBe(429);
  expect((await tryToJoin(code, '10.1.1.2')).statusCode).toBe(200);
});

test('sixty refusals a minute shut the typed codes of a chapter, not its QR, and cost the chain one line a minute', async () => {
  const guesses = await Promise.all(Array.from({ length: 12 }, () => atTable()));
  for (const { code } of guesses) {
    for (let i = 0; i < 5; i++) await tryToJoin(misread(code));
  }
  const shown = await atTable();
  const shut = await tryToJoin(shown.code);
  expect([shut.statusCode, shut.json()]).toEqual([404, (await tryToJoin('AAAAA-AAAAA')).json()]);
  expect((await tryToJoin(tokenOf(await atTable()))).statusCode).toBe(200);
  expect(await chain('join-refused')).toEqual([{ count: 1 }]);
  server.time.now += MINUTE;
  expect((await tryToJoin(shown.code)).statusCode).toBe(200);
  expect(await chain('join-refused')).toEqual([{ count: 1 }, { count: 60 }]);
});

test('a code is made by nobody but a coordinator who is signed in', async () => {
  const url = `/v1/turfs/${walk.turf.id}/launch`;
  const lead = await server.staff(db, 'research-lead');
  const reader = await walk.phone.reader();
  for (const headers of [{}, lead.headers, walk.phone.headers, reader.headers]) {
    for (const path of [url, '/v1/invites']) {
      const payload = { ...(path === '/v1/invites' && { name: 'Ben' }) };
      const answer = await server.app.inject({ method: 'POST', url: path, headers, payload });
      expect([401, 404]).toContain(answer.statusCode);
    }
  }
});

/** Everything that a phone may ask for. */
const DEVICE_ROUTES = [
  ['GET', '/v1/packet'],
  ['GET', '/v1/pull?cursor=x'],
  ['GET', '/v1/shift?since=0'],
  ['GET', '/v1/me'],
  ['POST', '/v1/push'],
  ['POST', '/v1/token'],
  ['POST', '/v1/device-key'],
  ['POST', '/v1/purged'],
  ['POST', '/v1/rescue'],
] as const;

/** Somebody opens a link that was made for Ben, and waits. */
async function openLink() {
  const made = await call<RemoteInvite>(server, desk, 'POST', '/v1/invites', { name: 'Ben' });
  const key = makePhoneKey();
  const wish = { name: 'Benny', publicKey: key.publicKey, waits: true };
  const opened = await tryToJoin(tokenOf(made), nextAddress(), wish);
  expect(opened.statusCode).toBe(200);
  const { waiting } = opened.json<Waiting>();
  const headers = { authorization: `Bearer ${waiting.token}` };
  const ask = () =>
    call<WaitingAnswer>(server, { headers: {} }, 'POST', '/v1/join/waiting', {
      token: waiting.token,
    });
  return { made, key, waiting, headers, ask };
}

test('who opens a remote link waits, and nothing flows to or from the phone before it is let in', async () => {
  const { made, key, waiting, headers, ask } = await openLink();
  expect(made.expiresAt).toBe(START + 72 * HOUR);
  expect((await tryToJoin(tokenOf(made), nextAddress(), { waits: true })).statusCode).toBe(404);
  expect((await invites()).remote).toMatchObject([
    { id: made.id, name: 'Ben', given: 'Benny', state: 'waiting', by: 'The coordinator' },
  ]);
  expect(await ask()).toEqual({ state: 'waiting' });
  for (const [method, url] of DEVICE_ROUTES) {
    const answer = await server.app.inject({
      method,
      url,
      headers,
      ...(method === 'POST' && { payload: {} }),
    });
    expect([url, answer.statusCode]).toEqual([url, 401]);
  }
  const members = await db.read.selectFrom('members').select('name').execute();
  expect(members.map(({ name }) => name)).not.toContain('Benny');
  const url = `/v1/invites/${made.id}/approve`;
  await call(server, desk, 'POST', url, { turfId: walk.turf.id });
  const answer = await ask();
  if (answer.state !== 'let-in') throw new Error(answer.state);
  const { joined } = answer;
  expect(joined).toMatchObject({ member: { name: 'Benny', role: 'canvasser' } });
  expect(joined.deviceToken).toBe(waiting.token);
  const { token } = await askToken(server, headers, joined.deviceId, key);
  const reader = { authorization: `Bearer ${token}` };
  const packet = await server.app.inject({ url: '/v1/packet', headers: reader });
  expect(packet.json()).toMatchObject({ turf: { id: walk.turf.id } });
  const approved = await db.read
    .selectFrom('members')
    .select('approved_at')
    .where('id', '=', joined.member.id)
    .executeTakeFirst();
  expect(approved?.approved_at).toBe(server.time.now);
  expect(await chain('invited')).toMatchObject([{ name: 'Ben', way: 'remote' }]);
  expect(await chain('join-approved')).toMatchObject([{ asked: 'Ben', given: 'Benny' }]);
  // Done is done.
  for (const deed of ['approve', 'refuse']) {
    const again = await server.app.inject({
      method: 'POST',
      url: `/v1/invites/${made.id}/${deed}`,
      headers: desk.headers,
      ...(deed === 'approve' && { payload: { turfId: walk.turf.id } }),
    });
    expect(again.statusCode).toBe(404);
  }
});

test('who is refused, gives up or waits too long is told so and stays outside', async () => {
  const refused = await openLink();
  await call(server, desk, 'POST', `/v1/invites/${refused.made.id}/refuse`);
  expect(await refused.ask()).toEqual({ state: 'refused' });
  expect(await chain('join-refused')).toMatchObject([{ asked: 'Ben', given: 'Benny' }]);
  const gone = await openLink();
  const { token } = gone.waiting;
  await call(server, { headers: {} }, 'POST', '/v1/join/give-up', { token });
  expect(await gone.ask()).toEqual({ state: 'refused' });
  const late = await openLink();
  // The chapter has its whole time from when the link was opened, and the phone is told until when.
  expect(late.waiting.until).toBe(server.time.now + 72 * HOUR);
  server.time.now += 72 * HOUR - 1;
  expect(await late.ask()).toEqual({ state: 'waiting' });
  server.time.now += 1;
  desk = await server.staff(db, 'coordinator');
  expect(await late.ask()).toEqual({ state: 'refused', late: true });
  for (const { made } of [refused, gone, late]) {
    const answer = await server.app.inject({
      method: 'POST',
      url: `/v1/invites/${made.id}/approve`,
      headers: desk.headers,
      payload: { turfId: walk.turf.id },
    });
    expect(answer.statusCode).toBe(404);
  }
  expect((await invites()).remote).toEqual([]);
  const stranger = await server.app.inject({
    method: 'POST',
    url: '/v1/join/waiting',
    payload: { token: walk.phone.joined.deviceToken },
  });
  expect(stranger.statusCode).toBe(404);
});

test('an app that cannot wait does not use a remote link up', async () => {
  const made = await call<RemoteInvite>(server, desk, 'POST', '/v1/invites', { name: 'Ben' });
  expect((await tryToJoin(tokenOf(made))).json()).toMatchObject({
    problem: { code: 'update-first' },
  });
  expect((await tryToJoin(tokenOf(made), nextAddress(), { waits: true })).statusCode).toBe(200);
});

test('a phone that the chapter knows may come by a remote link and stays the same phone', async () => {
  const made = await call<RemoteInvite>(server, desk, 'POST', '/v1/invites', { name: 'Cleo' });
  const { phone } = walk;
  const wish = { code: tokenOf(made), name: 'Cleo', publicKey: phone.key.publicKey, waits: true };
  const { waiting } = await call<Waiting>(server, phone, 'POST', '/v1/join', wish);
  // What it was already it still is.
  await call(server, await phone.reader(), 'GET', '/v1/packet');
  await call(server, desk, 'POST', `/v1/invites/${made.id}/approve`, { turfId: walk.turf.id });
  const answer = await call<WaitingAnswer>(server, { headers: {} }, 'POST', '/v1/join/waiting', {
    token: waiting.token,
  });
  expect(answer).toMatchObject({ state: 'let-in', joined: { deviceId: phone.joined.deviceId } });
});

test('a code that replaces a phone gives its person the new one, and the old one only pushes', async () => {
  const { phone } = walk;
  const replaces = phone.joined.deviceId;
  const { code } = await launch(server, db, walk.turf.id, { replaces });
  expect((await call<ListedPhone[]>(server, desk, 'GET', '/v1/phones'))[0]?.standing).toBe('ok');
  server.time.now += MINUTE;
  const next = await joinPhone(server, code, 'whoever types');
  expect(next.joined.member).toEqual(phone.joined.member);
  expect(next.joined.deviceId).not.toBe(replaces);
  const knock = sealKnock(phone, makeKnock(phone.packet.doors[0]?.id ?? ''), START);
  const { results } = await push(server, phone, [knock]);
  expect(results).toMatchObject([{ status: 'applied' }]);
  const { headers } = await phone.reader();
  const read = await server.app.inject({ url: '/v1/packet', headers });
  expect(read.json()).toMatchObject({ problem: { code: 'no-turf' } });
  expect(await chain('phone-revoked')).toMatchObject([{ lost: false, replaced: true }]);
  const unknown = await server.app.inject({
    method: 'POST',
    url: `/v1/turfs/${walk.turf.id}/launch`,
    headers: desk.headers,
    payload: { replaces: walk.turf.id },
  });
  expect(unknown.statusCode).toBe(404);
});

test('the demo’s code works again and again, and in no other chapter', async () => {
  const [{ id: by } = { id: '' }] = await db.read.selectFrom('members').select('id').execute();
  const wish = { by, demo: true } as Parameters<typeof launchTurf>[2];
  const made = await launchTurf(db, walk.turf.id, wish, server.ports);
  if (!made.ok) throw new Error(made.problem.code);
  expect((await tryToJoin(made.value.code)).statusCode).toBe(404);
  await db.write((trx) => trx.updateTable('chapter').set({ demo: 1 }).execute());
  for (let i = 0; i < 3; i++) {
    expect((await tryToJoin(made.value.code)).statusCode).toBe(200);
    expect((await tryToJoin(tokenOf(made.value))).statusCode).toBe(200);
  }
});

test('a screen that makes code after code is one launch in the chain, and old codes give way', async () => {
  for (let i = 0; i < 5; i++) await atTable();
  const rows = await chain('turf-launched');
  // makeWalk signs a coordinator in for each code: one line each, and one for this desk's thirty.
  const before = rows.length;
  const url = `/v1/turfs/${walk.turf.id}/launch`;
  for (let i = 0; i < 30; i++) await call(server, desk, 'POST', url, {});
  expect((await chain('turf-launched')).length).toBe(before + 1);
  expect((await invites()).open.length).toBe(35);
  for (let i = 0; i < 180; i++) await call(server, desk, 'POST', url, {});
  expect((await invites()).open.length).toBeLessThanOrEqual(200);
});

test('the desk is told at once that somebody joined, and which lock a phone has', async () => {
  await server.app.listen({ port: 0, host: '127.0.0.1' });
  const at = server.app.server.address();
  const port = typeof at === 'object' && at !== null ? at.port : 0;
  const stop = new AbortController();
  const live = await fetch(`http://127.0.0.1:${port}/v1/live`, {
    headers: desk.headers,
    signal: stop.signal,
  });
  let text = '';
  const phone = joinPhone(server, await walk.code(), 'Dana');
  for await (const chunk of live.body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString();
    if (text.includes('event: joins')) break;
  }
  stop.abort();
  const { joined, headers, key } = await phone;
  const { challenge } = await call<{ challenge: string }>(
    server,
    { headers },
    'POST',
    '/v1/token',
    { deviceId: joined.deviceId },
  );
  await call(server, { headers }, 'POST', '/v1/token', {
    deviceId: joined.deviceId,
    answer: { challenge, signature: key.sign(challenge) },
    guard: 'pin',
    conduct: { version: '2026-11', at: server.time.now + 60_000 },
  });
  const phones = await call<ListedPhone[]>(server, desk, 'GET', '/v1/phones');
  const guards = new Map(phones.map(({ memberName, guard }) => [memberName, guard]));
  expect(guards).toEqual(
    new Map([
      ['Cleo', null],
      ['Dana', 'pin'],
    ]),
  );
  const read = new Map(phones.map(({ memberName, conduct }) => [memberName, conduct]));
  // No phone's clock says that its person read the rules later than now.
  expect([...read]).toEqual([
    ['Dana', { version: '2026-11', at: server.time.now }],
    ['Cleo', null],
  ]);
  expect(await chain('conduct-read')).toMatchObject([{ version: '2026-11' }]);
});
