import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Joined } from '#shared/model/chapter.ts';
import type { Knock } from '#shared/model/fact.ts';
import type { Phone as ListedPhone } from '#shared/sync/phones.ts';
import type { PullAnswer, TokenAnswer } from '#shared/sync/protocol.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { START, type TestApp } from './make-app.ts';
import { makeKnock } from './make-knock.ts';
import { makeOakdale } from './make-oakdale.ts';
import { makeTown } from './make-town.ts';
import {
  askToken,
  call,
  joinPhone,
  makePhoneKey,
  makeWalk,
  push,
  sealKnock,
  type Walk,
} from './make-walk.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let server: TestApp;
let db: ChapterDb;
let walk: Walk;
let desk: { headers: { cookie: string } };
beforeEach(async () => {
  ({ server, db, walk, desk } = await makeOakdale());
});
afterEach(() => server.close());

const notHome = (at: number): Knock => makeKnock(walk.phone.packet.doors[at]?.id ?? '');
const get = (url: string, headers: Readonly<Record<string, string>>) =>
  server.app.inject({ url, headers });
const post = (url: string, headers: Readonly<Record<string, string>>, payload: object) =>
  server.app.inject({ method: 'POST', url, headers, payload });
const pullUrl = () => `/v1/pull?cursor=${encodeURIComponent(walk.phone.packet.cursor)}`;
const READS = () => ['/v1/packet', '/v1/me', '/v1/shift?since=0', pullUrl()];

test('the long token pushes and reads nothing; the short one reads and pushes nothing', async () => {
  const { phone } = walk;
  for (const url of READS()) {
    expect([url, (await get(url, phone.headers)).statusCode]).toEqual([url, 404]);
  }
  const { headers } = await phone.reader();
  for (const url of READS())
    expect([url, (await get(url, headers)).statusCode]).toEqual([url, 200]);
  for (const url of ['/v1/push', '/v1/purged', '/v1/device-key', '/v1/token']) {
    expect([url, (await post(url, headers, {})).statusCode]).toEqual([url, 404]);
  }
  const { results } = await push(server, phone, [sealKnock(phone, notHome(0), START)]);
  expect(results).toMatchObject([{ status: 'applied' }]);
});

test('a token to read lapses after fifteen minutes and is renewed by another signature', async () => {
  const { phone } = walk;
  const { headers } = await phone.reader();
  server.time.now += 15 * MINUTE - 1;
  expect((await get('/v1/packet', headers)).statusCode).toBe(200);
  server.time.now += 1;
  expect((await get('/v1/packet', headers)).statusCode).toBe(401);
  expect((await get('/v1/packet', (await phone.reader()).headers)).statusCode).toBe(200);
});

test('only the phone’s own key answers its challenge, once in time, and for itself', async () => {
  const { phone } = walk;
  const other = await joinPhone(server, await walk.code(), 'Dana');
  const { deviceId } = phone.joined;
  const ask = (payload: object, headers = phone.headers) => post('/v1/token', headers, payload);
  const challenge = async (): Promise<string> => {
    const answer = (await ask({ deviceId })).json<TokenAnswer>();
    return answer.kind === 'challenge' ? answer.challenge : '';
  };
  const text = await challenge();
  const answered = (signature: string, said = text) => ({
    deviceId,
    answer: { challenge: said, signature },
  });
  const stranger = makePhoneKey();
  expect((await ask(answered(stranger.sign(text)))).statusCode).toBe(401);
  expect((await ask(answered('AAAA'))).statusCode).toBe(401);
  // Another phone's challenge, one that nobody gave and one that has lapsed give a fresh one.
  const others = await post('/v1/token', other.headers, { deviceId: other.joined.deviceId });
  const foreign = others.json<Extract<TokenAnswer, { kind: 'challenge' }>>().challenge;
  const made = text.replace(/\.\d{13}\./, `.${START + DAY}.`);
  for (const said of [foreign, made, 'nonsense']) {
    const again = (await ask(answered(phone.key.sign(said), said))).json<TokenAnswer>();
    expect(again.kind).toBe('challenge');
  }
  expect((await ask({ deviceId: other.joined.deviceId })).statusCode).toBe(404);
  server.time.now += 2 * MINUTE;
  expect((await ask(answered(phone.key.sign(text)))).json<TokenAnswer>().kind).toBe('challenge');
  const fresh = await challenge();
  expect((await ask(answered(phone.key.sign(fresh), fresh))).json<TokenAnswer>()).toMatchObject({
    kind: 'token',
    deviceId,
    standing: 'ok',
  });
  // A challenge is no token, and a token that was bent is none.
  const { token } = await askToken(server, phone.headers, deviceId, phone.key);
  for (const bent of [fresh, token.replace(/\.\d{13}\./, `.${START + DAY}.`), `${token}A`]) {
    expect((await get('/v1/packet', { authorization: `Bearer ${bent}` })).statusCode).toBe(401);
  }
});

test('a phone of the first protocol pushes for ever, is asked to update before it reads, then gets a key', async () => {
  const wish = { code: await walk.code(), name: 'Olive' };
  const joined = await call<Joined>(server, { headers: {} }, 'POST', '/v1/join', wish);
  const headers = { authorization: `Bearer ${joined.deviceToken}` };
  const old = { ...walk.phone, joined, headers };
  for (const url of READS()) {
    const answer = await get(url, headers);
    expect([url, answer.statusCode]).toEqual([url, 426]);
    expect(answer.json()).toMatchObject({ problem: { code: 'update-first' } });
  }
  await push(server, old, [sealKnock(old, notHome(1), START)], { proto: 1 });
  server.time.now += 400 * DAY;
  const late = await push(server, old, [sealKnock(old, notHome(2), START)], { proto: 1 });
  expect(late.results).toMatchObject([{ status: 'applied' }]);
  const key = makePhoneKey();
  const register = (publicKey: string) => post('/v1/device-key', headers, { publicKey });
  const off = Buffer.from(key.publicKey, 'base64url');
  off[64] = (off[64] ?? 0) ^ 1;
  expect((await register(off.toString('base64url'))).statusCode).toBe(400);
  expect((await register(key.publicKey)).statusCode).toBe(204);
  expect((await register(key.publicKey)).statusCode).toBe(204);
  const other = await register(makePhoneKey().publicKey);
  expect(other.json()).toMatchObject({ problem: { code: 'device-key-set' } });
  const { token } = await askToken(server, headers, joined.deviceId, key);
  expect((await get('/v1/me', { authorization: `Bearer ${token}` })).statusCode).toBe(200);
});

test('the right to push lapses after 90 silent days; each push prolongs it; a code brings it back', async () => {
  const { phone } = walk;
  server.time.now += 80 * DAY;
  const answer = await push(server, phone, []);
  expect(answer.grantUntil).toBe(server.time.now + 90 * DAY);
  server.time.now += 89 * DAY;
  expect((await push(server, phone, [])).results).toEqual([]);
  server.time.now += 90 * DAY;
  await expect(push(server, phone, [])).rejects.toThrow('not-signed-in');
  const lead = await server.staff(db, 'coordinator');
  const launch = await call<{ code: string }>(
    server,
    lead,
    'POST',
    `/v1/turfs/${walk.turf.id}/launch`,
  );
  const again = await post('/v1/join', phone.headers, { code: launch.code, name: 'Cleo' });
  expect(again.json()).toMatchObject({ deviceId: phone.joined.deviceId });
  const { results } = await push(server, phone, [sealKnock(phone, notHome(0), START)]);
  expect(results).toMatchObject([{ status: 'applied' }]);
});

test.each([
  { how: 'revoked', lost: false, standing: 'revoked' },
  { how: 'lost', lost: true, standing: 'lost' },
])('a $how phone reads its standing and nothing else, and still pushes', async (one) => {
  const { phone } = walk;
  const before = await phone.reader();
  const knock = sealKnock(phone, notHome(0), START);
  server.time.now += MINUTE;
  const url = `/v1/phones/${phone.joined.deviceId}/revoke`;
  await call(server, desk, 'POST', url, { lost: one.lost });
  // Somebody else knocks at a door that the phone held.
  const other = await joinPhone(server, await walk.code(), 'Dana');
  await push(server, other, [sealKnock(other, notHome(3), START)]);

  const token = await askToken(server, phone.headers, phone.joined.deviceId, phone.key);
  expect(token.standing).toBe(one.standing);
  const after = { authorization: `Bearer ${token.token}` };
  for (const headers of [before.headers, after]) {
    for (const path of ['/v1/packet', '/v1/me', '/v1/shift?since=0']) {
      const answer = await get(path, headers);
      expect([path, answer.statusCode]).toEqual([path, 404]);
      expect(answer.body).not.toContain('Oak');
    }
    const pull = (await get(pullUrl(), headers)).json<PullAnswer>();
    expect(pull).toMatchObject({
      changes: [],
      more: false,
      standing: one.standing,
      cursor: phone.packet.cursor,
      scopes: [{ id: walk.turf.id, state: 'ended' }],
    });
    expect(pull.scopes[0]?.digest).toBeUndefined();
  }
  const { results } = await push(server, phone, [knock]);
  expect(results).toMatchObject([one.lost ? { reason: 'scope' } : { status: 'applied' }]);
  // It cannot take another turf by itself: with a code it is a new phone.
  const code = { code: await walk.code(), name: 'Cleo', publicKey: phone.key.publicKey };
  const joined = await post('/v1/join', phone.headers, code);
  expect(joined.json<Joined>().deviceId).not.toBe(phone.joined.deviceId);
});

test('a member who has left reads nothing more, and what they had is still taken', async () => {
  const { phone } = walk;
  const { headers } = await phone.reader();
  await db.write((trx) =>
    trx
      .updateTable('members')
      .set({ left_at: START + 1 })
      .where('id', '=', phone.joined.member.id)
      .execute(),
  );
  server.time.now += MINUTE;
  expect((await get('/v1/packet', headers)).statusCode).toBe(404);
  expect((await get(pullUrl(), headers)).json<PullAnswer>()).toMatchObject({
    standing: 'revoked',
    changes: [],
  });
  const { results } = await push(server, phone, [sealKnock(phone, notHome(0), START)]);
  expect(results).toMatchObject([{ status: 'applied' }]);
});

test('a phone whose storage was cleared is counted: what it said it made, less what arrived', async () => {
  const { phone } = walk;
  await push(server, phone, [sealKnock(phone, notHome(0), START)], { maxLocalSeq: 1 });
  const { max_local_seq: most } = await db.read
    .selectFrom('device_epochs')
    .select('max_local_seq')
    .executeTakeFirstOrThrow();
  server.time.now += MINUTE;
  const said = most + 4;
  await push(server, phone, [], { maxLocalSeq: said, unsent: 4 });
  server.time.now += MINUTE;
  const again = await joinPhone(server, await walk.code(), 'Cleo', {
    lostDeviceId: phone.joined.deviceId,
  });
  expect(again.joined.deviceId).not.toBe(phone.joined.deviceId);
  const phones = await call<ListedPhone[]>(server, desk, 'GET', '/v1/phones');
  expect(phones.find((one) => one.deviceId === phone.joined.deviceId)).toMatchObject({
    lost: { count: said - 1, to: START + MINUTE },
  });
  expect(phones.find((one) => one.deviceId === again.joined.deviceId)?.lost).toBeNull();
  // Somebody's word alone takes nothing from a phone that is there after all.
  server.time.now += MINUTE;
  const { results } = await push(server, phone, [sealKnock(phone, notHome(1), START + 2 * MINUTE)]);
  expect(results).toMatchObject([{ status: 'applied' }]);
  expect(results[0]).not.toHaveProperty('late');
  const now = await call<ListedPhone[]>(server, desk, 'GET', '/v1/phones');
  expect(now.map((one) => one.lost)).toEqual([null, null]);
});

test('a phone that joined after the backup goes on with its token, and its facts come to be looked at', async () => {
  const { phone } = walk;
  // The chapter as it was before this phone joined.
  await db.write(async (trx) => {
    await trx.deleteFrom('assignments').execute();
    await trx.deleteFrom('devices').execute();
    await trx.deleteFrom('members').where('role', '=', 'canvasser').execute();
  });
  await expect(push(server, phone, [])).rejects.toThrow('not-signed-in');
  const wish = { code: await walk.code(), name: 'Cleo', publicKey: phone.key.publicKey };
  const joined = (await post('/v1/join', phone.headers, wish)).json<Joined>();
  expect(joined.deviceToken).toBe(phone.joined.deviceToken);
  expect(joined.deviceId).not.toBe(phone.joined.deviceId);
  const before = sealKnock(phone, notHome(0), START);
  const after = sealKnock({ ...phone, joined }, notHome(1), START);
  const { results } = await push(server, phone, [before, after]);
  expect(results).toMatchObject([
    { status: 'held', reason: 'wrong-author' },
    { status: 'applied' },
  ]);
  // Another chapter's token is nobody's here.
  const elm = await server.makeChapter('elmwood');
  await makeTown(elm, 'Elm');
  const far = await makeWalk(server, elm);
  const elsewhere = await post('/v1/join', far.phone.headers, wish);
  expect(elsewhere.json<Joined>().deviceToken).not.toBe(far.phone.joined.deviceToken);
});

test('the phone says what it has deleted, and the desk sees it', async () => {
  const { phone } = walk;
  const receipt = { turfIds: [walk.turf.id], wiped: true, unsent: 0 };
  // A receipt for what it holds, and for what is nobody's, says nothing.
  const early = { turfIds: [walk.turf.id, phone.joined.deviceId], wiped: false, unsent: 2 };
  expect((await post('/v1/purged', phone.headers, early)).statusCode).toBe(204);
  const holds = await db.read.selectFrom('assignments').select('purged_at').execute();
  expect(holds).toEqual([{ purged_at: null }]);
  const url = `/v1/phones/${phone.joined.deviceId}/revoke`;
  await call(server, desk, 'POST', url, { lost: false });
  await call(server, desk, 'POST', url, { lost: false });
  server.time.now += MINUTE;
  expect((await post('/v1/purged', phone.headers, receipt)).statusCode).toBe(204);
  const phones = await call<ListedPhone[]>(server, desk, 'GET', '/v1/phones');
  expect(phones.find((one) => one.deviceId === phone.joined.deviceId)).toMatchObject({
    standing: 'revoked',
    revokedAt: START,
    purgedAt: START + MINUTE,
    unsent: 0,
    unsentSince: null,
  });
  const held = await db.read
    .selectFrom('assignments')
    .select('purged_at')
    .where('ended_at', 'is not', null)
    .execute();
  expect(held).toEqual([{ purged_at: START + MINUTE }]);
});
