import { webcrypto } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { canonicalJson } from '#shared/kernel/canonical.ts';
import type { AnswerId, OpId, QuestionId } from '#shared/kernel/ids.ts';
import type { Knock } from '#shared/model/fact.ts';
import type { Operation } from '#shared/model/operation.ts';
import type { ShiftSlip } from '#shared/model/shift.ts';
import { shiftTotals } from '#shared/canvass/shift-totals.ts';
import type { HeldEntry, Phone as ListedPhone } from '#shared/sync/phones.ts';
import { sealToChapter } from '#shared/sync/seal-to-chapter.ts';
import type { KeptOp, OpResult, RescueFile, SealedOp } from '#shared/sync/protocol.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { START, type TestApp } from './make-app.ts';
import { makeKnock } from './make-knock.ts';
import { makeOakdale } from './make-oakdale.ts';
import { makeTown } from './make-town.ts';
import {
  call,
  joinPhone,
  makeWalk,
  type Phone,
  push,
  seal,
  sealKnock,
  type Walk,
} from './make-walk.ts';

const MINUTE = 60_000;

let server: TestApp;
let db: ChapterDb;
let walk: Walk;
let desk: { headers: { cookie: string } };
beforeEach(async () => {
  ({ server, db, walk, desk } = await makeOakdale());
});
afterEach(() => server.close());

const doorOf = (at: number): string => walk.phone.packet.doors[at]?.id ?? '';
const listed = async (phone: Phone): Promise<ListedPhone | undefined> =>
  (await call<ListedPhone[]>(server, desk, 'GET', '/v1/phones')).find(
    (one) => one.deviceId === phone.joined.deviceId,
  );
const localSeqOf = (op: SealedOp): number => (JSON.parse(op.body) as Operation).localSeq;

test('the desk sees what a phone still holds, since when, and how much of it has arrived', async () => {
  const { phone } = walk;
  expect(await listed(phone)).toMatchObject({
    memberName: 'Cleo',
    turfs: [{ id: walk.turf.id, name: 'Main St' }],
    unsent: null,
    unsentSince: null,
    maxLocalSeq: null,
    received: 0,
    lost: null,
    standing: 'ok',
    mismatches: 0,
    handed: phone.packet.people.length,
  });
  const ops = [0, 1, 2].map((at) => sealKnock(phone, makeKnock(doorOf(at)), START));
  const maxLocalSeq = localSeqOf(ops[2] ?? ops[0] ?? seal(phone, 'knock', { doorId: '' }, 0));
  server.time.now = START + MINUTE;
  const answer = await push(server, phone, ops.slice(0, 1), {
    maxLocalSeq,
    unsent: 3,
    mismatches: 2,
  });
  expect(answer.have).toEqual([[maxLocalSeq - 2, maxLocalSeq - 2]]);
  server.time.now = START + 2 * MINUTE;
  await push(server, phone, [], { maxLocalSeq, unsent: 2 });
  expect(await listed(phone)).toMatchObject({
    unsent: 2,
    unsentSince: START + MINUTE,
    lastSeenAt: START + 2 * MINUTE,
    maxLocalSeq,
    received: 1,
    mismatches: 2,
  });
  await push(server, phone, ops.slice(1), { maxLocalSeq, unsent: 2 });
  expect(await listed(phone)).toMatchObject({ unsent: 0, unsentSince: null, received: 3 });
  // No number that a phone can say grows beyond what a database adds up.
  await push(server, phone, [], { maxLocalSeq, mismatches: Number.MAX_SAFE_INTEGER });
  expect(await listed(phone)).toMatchObject({ mismatches: 1002 });
});

test('a phone unheard of for 90 days is no longer shown, unless it still owes facts', async () => {
  const { phone } = walk;
  const other = await joinPhone(server, await walk.code(), 'Dana');
  await push(server, phone, [], { unsent: 4 });
  server.time.now += 91 * 24 * 3_600_000;
  desk = await server.staff(db, 'coordinator');
  expect(await listed(phone)).toMatchObject({ unsent: 4, unsentSince: START, turfs: [] });
  expect(await listed(other)).toBeUndefined();
});

test('a turf that was taken back is on the phone until it says that it deleted the list', async () => {
  const { phone } = walk;
  const { id, name } = walk.turf;
  const purge = (turfIds: readonly string[], wiped: boolean) =>
    call(server, phone, 'POST', '/v1/purged', { turfIds, wiped, unsent: 0 });
  const takeBack = () =>
    call(server, desk, 'POST', `/v1/turfs/${id}/take-back`, { deviceId: phone.joined.deviceId });
  expect(await listed(phone)).toMatchObject({ turfs: [{ id, name }], ended: [] });
  server.time.now = START + MINUTE;
  await takeBack();
  const ended = { id, name, endedAt: START + MINUTE };
  expect(await listed(phone)).toMatchObject({ turfs: [], ended: [{ ...ended, purgedAt: null }] });
  server.time.now = START + 2 * MINUTE;
  await purge([id], false);
  const purgedAt = START + 2 * MINUTE;
  expect(await listed(phone)).toMatchObject({ turfs: [], ended: [{ ...ended, purgedAt }] });
  // Handed out to it again it is a hold like any other; its end is one that nothing is known of.
  server.time.now = START + 3 * MINUTE;
  await call(server, phone, 'POST', '/v1/join', { code: await walk.code(), name: 'Cleo' });
  expect(await listed(phone)).toMatchObject({ turfs: [{ id, name }], ended: [] });
  server.time.now = START + 4 * MINUTE;
  await takeBack();
  const again = { ...ended, endedAt: START + 4 * MINUTE };
  expect((await listed(phone))?.ended).toEqual([{ ...again, purgedAt: null }]);
  // A phone on which nothing is left need not name what it was.
  await purge([], true);
  expect((await listed(phone))?.ended).toEqual([{ ...again, purgedAt: START + 4 * MINUTE }]);
});

async function keep(phone: Phone, op: SealedOp): Promise<KeptOp> {
  const { opId, sha256, body } = op;
  const iv = webcrypto.getRandomValues(new Uint8Array(12));
  const plain = Uint8Array.from(Buffer.from(body));
  const sealed = await sealToChapter(webcrypto.subtle, phone.joined.chapterKey, plain, iv);
  return { opId, sha256, sealed };
}

async function makeFile(phone: Phone, ops: readonly SealedOp[]): Promise<RescueFile> {
  const said = {
    format: 'homeground-rescue' as const,
    v: 1 as const,
    chapterId: phone.joined.chapter.id,
    deviceId: phone.joined.deviceId,
    dbEpoch: 'epoch-1',
    maxLocalSeq: Math.max(...ops.map(localSeqOf)),
    savedAt: START,
    ops: await Promise.all(ops.map((op) => keep(phone, op))),
  };
  return { ...said, signature: phone.key.sign(canonicalJson(said)) };
}
const bring = (headers: Readonly<Record<string, string>>, file: object) =>
  server.app.inject({ method: 'POST', url: '/v1/rescue', headers, payload: file });
const logged = async () =>
  (await db.read.selectFrom('ops').select('body').orderBy('seq').execute()).map((row) => row.body);

test('an outbox saved as a file arrives once, whoever brings it and however often', async () => {
  const { phone } = walk;
  const carrier = await joinPhone(server, await walk.code(), 'Dana');
  const ops = [0, 1, 2].map((at) => sealKnock(phone, makeKnock(doorOf(at)), START));
  const far = sealKnock(phone, makeKnock('0190a0a0-0000-7000-8000-00000000dead'), START);
  await push(server, phone, ops.slice(0, 1), { unsent: 4 });
  const file = await makeFile(phone, [...ops, far]);
  const [one, two] = await Promise.all([bring(desk.headers, file), bring(carrier.headers, file)]);
  expect([one.statusCode, two.statusCode]).toEqual([200, 200]);
  const statuses = one.json<{ results: OpResult[] }>().results.map((result) => result.status);
  expect(statuses).toEqual(['applied', 'applied', 'applied', 'held']);
  expect(await logged()).toEqual(ops.map((op) => op.body));
  const again = (await bring(desk.headers, file)).json<{ results: OpResult[] }>().results;
  expect(again.map((result) => result.repeat)).toEqual([true, true, true, true]);
  // The phone itself comes after all: the same results.
  const pushed = await push(server, phone, [...ops, far]);
  expect(pushed.results).toEqual(again);
  expect(await listed(phone)).toMatchObject({ received: 4 });
  const { entries } = await call<{ entries: HeldEntry[] }>(server, desk, 'GET', '/v1/held');
  expect(entries).toMatchObject([{ memberName: 'Cleo', reason: 'unknown-door' }]);
});

test('the file of a phone that was revoked and lost its token is still taken', async () => {
  const { phone } = walk;
  const file = await makeFile(phone, [sealKnock(phone, makeKnock(doorOf(0)), START)]);
  server.time.now += MINUTE;
  const url = `/v1/phones/${phone.joined.deviceId}/revoke`;
  await call(server, desk, 'POST', url, { lost: false });
  const { results } = (await bring(desk.headers, file)).json<{ results: OpResult[] }>();
  expect(results).toMatchObject([{ status: 'applied' }]);
});

test('a file that the phone did not sign, or of another chapter’s phone, is refused whole', async () => {
  const { phone } = walk;
  const op = sealKnock(phone, makeKnock(doorOf(0)), START);
  const file = await makeFile(phone, [op]);
  const other = await joinPhone(server, await walk.code(), 'Dana');
  const elm = await server.makeChapter('elmwood');
  await makeTown(elm, 'Elm');
  const far = await makeWalk(server, elm);
  const { signature, ...said } = file;
  for (const bad of [
    { ...file, signature: other.key.sign(canonicalJson(said)) },
    { ...file, maxLocalSeq: file.maxLocalSeq + 1 },
    { ...file, ops: [...file.ops, ...file.ops] },
    { ...file, signature: signature.slice(0, -4) },
    await makeFile(far.phone, [op]),
    { ...file, deviceId: far.phone.joined.deviceId },
  ]) {
    const answer = await bring(desk.headers, bad);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ problem: { code: 'rescue-refused' } });
  }
  expect((await bring(desk.headers, { ...file, extra: 1 })).statusCode).toBe(400);
  expect(await logged()).toEqual([]);
  const reader = await phone.reader();
  expect((await bring(reader.headers, file)).statusCode).toBe(404);
});

test('a fact in a file that does not open is held whole, and the others arrive', async () => {
  const { phone } = walk;
  const ops = [0, 1].map((at) => sealKnock(phone, makeKnock(doorOf(at)), START));
  const { signature, ...said } = await makeFile(phone, ops);
  const [first, second] = said.ops;
  if (first === undefined || second === undefined) throw new Error('no facts');
  const cut = { ...first, sealed: first.sealed.slice(0, -8) };
  const bent = { ...said, ops: [cut, second] };
  expect(signature).not.toBe('');
  const answer = await bring(desk.headers, {
    ...bent,
    signature: phone.key.sign(canonicalJson(bent)),
  });
  expect(answer.json()).toMatchObject({
    results: [{ status: 'held', reason: 'corrupt' }, { status: 'applied' }],
  });
  const { entries } = await call<{ entries: HeldEntry[] }>(server, desk, 'GET', '/v1/held');
  expect(entries[0]?.body).toBe(cut.sealed);
});

test('facts that a phone kept sealed are pushed again after a restore, and change nothing', async () => {
  const { phone } = walk;
  const ops = [0, 1, 2].map((at) => sealKnock(phone, makeKnock(doorOf(at)), START));
  await push(server, phone, ops.slice(0, 2));
  const kept = await Promise.all(ops.map((op) => keep(phone, op)));
  const answer = await push(server, phone, [], { kept });
  expect(answer.results.map((one) => [one.status, one.repeat])).toEqual([
    ['applied', true],
    ['applied', true],
    ['applied', false],
  ]);
  expect(await logged()).toEqual(ops.map((op) => op.body));
});

test('the slip at the end of a shift equals the phone’s own count', async () => {
  const { phone } = walk;
  const contact = (at: number, level: number): Knock => ({
    ...makeKnock(doorOf(at)),
    outcome: { kind: 'contact' },
    answers: [
      {
        id: '0190a0a0-0000-7000-8000-000000000011' as AnswerId,
        questionId: '0190a0a0-0000-7000-8000-000000000001' as QuestionId,
        given: { kind: 'support', level },
      },
    ],
  });
  const since = START + 10;
  const before = sealKnock(phone, makeKnock(doorOf(5)), START);
  const mistake = sealKnock(phone, contact(2, 1), since);
  const own = [
    sealKnock(phone, contact(0, 1), since),
    sealKnock(phone, contact(0, 2), since + 1),
    sealKnock(phone, contact(1, 4), since),
    mistake,
    seal(
      phone,
      'withdraw',
      { doorId: doorOf(2), opId: mistake.opId },
      since + 1,
      mistake.opId as OpId,
    ),
    sealKnock(phone, makeKnock(doorOf(3)), since),
  ];
  const held = sealKnock(phone, makeKnock('0190a0a0-0000-7000-8000-00000000dead'), since);
  const other = await joinPhone(server, await walk.code(), 'Dana');
  await push(server, other, [sealKnock(other, contact(6, 1), since)]);
  await push(server, phone, [before, ...own.slice(0, 3), held]);
  await push(server, phone, own.slice(3));
  const read = async () =>
    call<ShiftSlip>(server, await phone.reader(), 'GET', `/v1/shift?since=${since}`);
  const slip = await read();
  expect(slip).toEqual({
    totals: { facts: 6, doors: 3, knocks: 4, contacts: 3, supports: 2 },
    held: 1,
    since,
    serverNow: server.time.now,
  });
  const counted = shiftTotals(own.map((op) => JSON.parse(op.body) as Operation));
  expect(slip.totals).toEqual(counted);
  // What becomes of the held one at the desk does not change what the phone did.
  const { entries } = await call<{ entries: HeldEntry[] }>(server, desk, 'GET', '/v1/held');
  const url = `/v1/held/${entries[0]?.id}/retarget`;
  await call(server, desk, 'POST', url, { doorId: doorOf(7) });
  expect(await read()).toEqual(slip);
});
