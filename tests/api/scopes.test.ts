import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { seededDice } from '#shared/kernel/random.ts';
import type { Packet } from '#shared/model/packet.ts';
import type { LaunchCode, Turf } from '#shared/model/turf.ts';
import type { PullAnswer, ScopeDigest } from '#shared/sync/protocol.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { START, type TestApp } from './make-app.ts';
import { makeKnock } from './make-knock.ts';
import { makeOakdale } from './make-oakdale.ts';
import { around, makeTown } from './make-town.ts';
import { redrawPublished } from './redraw-published.ts';
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

const HOUR = 3_600_000;

let server: TestApp;
let db: ChapterDb;
let walk: Walk;
let desk: { headers: { cookie: string } };
beforeEach(async () => {
  ({ server, db, walk, desk } = await makeOakdale());
});
afterEach(() => server.close());

const doorOf = (packet: Packet, at: number): string => packet.doors[at]?.id ?? '';

async function pull(phone: Phone, cursor: string): Promise<PullAnswer> {
  const url = `/v1/pull?cursor=${encodeURIComponent(cursor)}`;
  return call<PullAnswer>(server, await phone.reader(), 'GET', url);
}
async function fetchPacket(phone: Phone): Promise<Packet> {
  return call<Packet>(server, await phone.reader(), 'GET', '/v1/packet');
}
const takeBack = (phone: Phone) =>
  call(server, desk, 'POST', `/v1/turfs/${walk.turf.id}/take-back`, {
    deviceId: phone.joined.deviceId,
  });

/** Count and sum over bodies, worked out with whole numbers from their definition alone. */
function digestOf(bodies: readonly string[]): ScopeDigest {
  const sum = bodies.reduce((total, body) => {
    const hash = createHash('sha256').update(body).digest('hex');
    return (total + BigInt(`0x${hash.slice(0, 32)}`)) % (1n << 128n);
  }, 0n);
  return { count: bodies.length, sum: sum.toString(16).padStart(32, '0') };
}

const cutAnew = (first: number, last: number) =>
  redrawPublished(db, walk.turf.id, around(first, last), server.time.now);

test('the digest of a pull is that of all facts at the turf’s doors, whoever brought them and when', async () => {
  const { phone } = walk;
  const other = await joinPhone(server, await walk.code(), 'Dana');
  const bodies: string[] = [];
  let cursor = phone.packet.cursor;
  const first = await pull(phone, cursor);
  expect(first.scopes).toEqual([
    {
      id: walk.turf.id,
      version: walk.turf.version,
      state: 'held',
      until: phone.packet.heldUntil,
      // There is Dana.
      shared: true,
      digest: digestOf([]),
    },
  ]);
  for (let round = 0; round < 4; round++) {
    const ops = [phone, other].map((one) =>
      sealKnock(one, makeKnock(doorOf(phone.packet, round)), START),
    );
    await push(server, phone, ops.slice(0, 1));
    await push(server, other, ops.slice(1));
    bodies.push(...ops.map((op) => op.body));
    const answer = await pull(phone, cursor);
    expect(answer.changes.map((change) => change.body)).toEqual(ops.map((op) => op.body));
    expect(answer.scopes[0]?.digest).toEqual(digestOf(bodies));
    cursor = answer.cursor;
    expect((await pull(phone, cursor)).scopes[0]?.digest).toEqual(digestOf(bodies));
  }
  // From the beginning it is the same, and so is a new packet.
  const whole = await pull(phone, phone.packet.cursor);
  expect(whole.changes).toHaveLength(8);
  expect(whole.scopes[0]?.digest).toEqual(digestOf(bodies));
  expect((await fetchPacket(phone)).history.map((one) => one.body)).toEqual(bodies);
});

test('only the last page of a pull has a digest, and pages together are one pull', async () => {
  const { phone } = walk;
  const ops = Array.from({ length: 1_150 }, (_, i) =>
    sealKnock(phone, makeKnock(doorOf(phone.packet, i % 8)), START + i),
  );
  for (let at = 0; at < ops.length; at += 200) await push(server, phone, ops.slice(at, at + 200));
  const first = await pull(phone, phone.packet.cursor);
  expect([first.more, first.scopes[0]?.digest]).toEqual([true, undefined]);
  const second = await pull(phone, first.cursor);
  expect([...first.changes, ...second.changes].map((one) => one.opId)).toEqual(
    ops.map((op) => op.opId),
  );
  expect([second.more, second.scopes[0]?.digest]).toEqual([
    false,
    digestOf(ops.map((op) => op.body)),
  ]);
});

test('a turf cut anew has another version; doors that left bring no rows, those that came bring all', async () => {
  const { phone } = walk;
  const gone = sealKnock(phone, makeKnock(doorOf(phone.packet, 0)), START);
  const stays = sealKnock(phone, makeKnock(doorOf(phone.packet, 7)), START);
  await push(server, phone, [gone, stays]);
  const { cursor } = await pull(phone, phone.packet.cursor);
  await cutAnew(1, 5);
  const version = walk.turf.version + 1;

  const answer = await pull(phone, cursor);
  expect(answer.scopes).toMatchObject([{ version, digest: digestOf([stays.body]) }]);
  const packet = await fetchPacket(phone);
  const before = new Set<string>(phone.packet.doors.map((door) => door.id));
  const after = packet.doors.map((door) => door.id);
  expect(packet.doors.map((door) => door.position)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(after.filter((id) => before.has(id))).toHaveLength(6);
  expect(packet.turf.version).toBe(version);
  expect(packet.history.map((one) => one.body)).toEqual([stays.body]);
  expect(packet.people.some((person) => person.doorId === doorOf(phone.packet, 0))).toBe(false);
  // The phone's next knock at a door that has left is late, not lost.
  server.time.now = START + HOUR;
  const again = sealKnock(phone, makeKnock(doorOf(phone.packet, 1)), START + HOUR);
  expect((await push(server, phone, [again])).results).toMatchObject([
    { status: 'applied', late: true },
  ]);
  expect((await pull(phone, packet.cursor)).changes).toEqual([]);

  // Back in the turf, its facts are there again.
  await cutAnew(0, 5);
  const back = await fetchPacket(phone);
  expect(back.history.map((one) => one.body)).toEqual([gone.body, stays.body, again.body]);
  expect((await pull(phone, back.cursor)).scopes[0]?.digest).toEqual(
    digestOf([gone.body, stays.body, again.body]),
  );
  const rows = await db.read.selectFrom('turf_doors').selectAll().execute();
  expect(rows.filter((row) => row.removed_seq !== null)).toEqual([]);
  const [{ seq } = { seq: 0 }] = await db.read.selectFrom('clock').select('seq').execute();
  expect(Math.max(...rows.map((row) => row.added_seq))).toBe(seq);
});

test('whatever is cut, pushed and pulled in between, digests are those of the packet’s own facts', async () => {
  const { phone } = walk;
  const dice = seededDice(20);
  const other = await joinPhone(server, await walk.code(), 'Dana');
  const doors = await db.read.selectFrom('doors').select('id').execute();
  let { cursor } = phone.packet;
  let [cuts, facts] = [0, 0];
  for (let step = 0; step < 60; step++) {
    if (dice.chance(0.2)) {
      const first = dice.whole(0, 6);
      await cutAnew(first, dice.whole(first, 9));
      cuts += 1;
    }
    if (dice.chance(0.7)) {
      const one = dice.chance(0.5) ? phone : other;
      const at = Array.from({ length: dice.whole(1, 4) }, () => dice.pick(doors).id);
      await push(
        server,
        one,
        at.map((id) =>
          sealKnock(one, makeKnock(id, dice.chance(0.05) ? 'do-not-contact' : 'not-home'), START),
        ),
      );
      facts += at.length;
    }
    const answer = await pull(phone, dice.chance(0.2) ? phone.packet.cursor : cursor);
    cursor = answer.cursor;
    const packet = await fetchPacket(phone);
    expect(answer.scopes).toMatchObject([
      { version: packet.turf.version, digest: digestOf(packet.history.map((one) => one.body)) },
    ]);
  }
  expect([cuts > 5, facts > 50]).toEqual([true, true]);
});

test('a building moves from one turf to another: the desk’s map and both packets agree', async () => {
  const admin = await server.staff(db, 'admin');
  await cutAnew(0, 1);
  // The older one comes first.
  server.time.now += 1;
  const draft = await call<Turf>(server, admin, 'POST', '/v1/turfs', {
    universeId: walk.universe.id,
    name: 'Second',
    outline: around(2, 4),
  });
  expect(draft.doors).toBe(6);
  const [first] = await call<Turf[]>(server, desk, 'GET', '/v1/turfs');
  expect([first?.doors, first?.people]).toEqual([4, 6]);
  const doors = await call<{ turf: number[] }>(
    server,
    desk,
    'GET',
    `/v1/universes/${walk.universe.id}/doors`,
  );
  expect(doors.turf).toEqual([0, 0, 1, 1, 1, -1, -1, -1, -1, -1]);
});

test.each([
  { after: 71 * HOUR, expected: { status: 'applied', late: true } },
  { after: 73 * HOUR, expected: { status: 'held', reason: 'scope' } },
])('a fact recorded $after ms after the turf was taken back', async ({ after, expected }) => {
  const { phone } = walk;
  const doorId = doorOf(phone.packet, 0);
  const before = sealKnock(phone, makeKnock(doorId), START);
  server.time.now = START + HOUR;
  await takeBack(phone);
  await takeBack(phone);
  const later = START + HOUR + after;
  const fact = sealKnock(phone, makeKnock(doorId), later);
  const asked = sealKnock(phone, makeKnock(doorOf(phone.packet, 2), 'do-not-contact'), later);
  server.time.now = later + HOUR;
  const { results } = await push(server, phone, [asked, before, fact]);
  expect(results).toMatchObject([{ status: 'applied' }, { status: 'applied' }, expected]);
  expect(results[1]).not.toHaveProperty('late');
  // Whatever came so late, nothing flows back.
  const answer = await pull(phone, phone.packet.cursor);
  expect(answer).toMatchObject({ changes: [], standing: 'ok', scopes: [{ state: 'ended' }] });
  const packet = await server.app.inject({
    url: '/v1/packet',
    headers: (await phone.reader()).headers,
  });
  expect(packet.json()).toMatchObject({ problem: { code: 'no-turf' } });
  // The same bytes get the same result at every repeat.
  const again = await push(server, phone, [asked, before, fact]);
  expect(again.results).toEqual(results.map((one) => ({ ...one, repeat: true })));
});

test('a hold that ran out ends like one that was taken back', async () => {
  const { phone } = walk;
  server.time.now = phone.packet.heldUntil;
  expect(await pull(phone, phone.packet.cursor)).toMatchObject({
    changes: [],
    scopes: [{ id: walk.turf.id, state: 'ended' }],
  });
});

test('a hold that ends by a clock that was set back was a hold all the same', async () => {
  const { phone } = walk;
  const facts = [0, 1].map((at) =>
    sealKnock(phone, makeKnock(doorOf(phone.packet, at)), START - HOUR),
  );
  server.time.now = START - HOUR;
  await takeBack(phone);
  expect((await pull(phone, phone.packet.cursor)).scopes).toMatchObject([{ state: 'ended' }]);
  expect((await push(server, phone, facts)).results.map((one) => one.status)).toEqual([
    'applied',
    'applied',
  ]);
});

test('taking another turf ends the hold on the first; its facts still come, as late', async () => {
  const { phone } = walk;
  const admin = await server.staff(db, 'admin');
  server.time.now += 1;
  const draft = await call<Turf>(server, admin, 'POST', '/v1/turfs', {
    universeId: walk.universe.id,
    name: 'Second',
    outline: around(5, 7),
  });
  const second = await call<Turf>(server, admin, 'POST', `/v1/turfs/${draft.id}/publish`);
  server.time.now = START + HOUR;
  const launch = await call<LaunchCode>(server, admin, 'POST', `/v1/turfs/${second.id}/launch`);
  await call(server, phone, 'POST', '/v1/join', { code: launch.code, name: 'Cleo' });
  const answer = await pull(phone, phone.packet.cursor);
  const states = new Map(answer.scopes.map((scope) => [scope.id, scope.state]));
  expect(states).toEqual(
    new Map([
      [walk.turf.id, 'ended'],
      [second.id, 'held'],
    ]),
  );
  expect(answer.cursor).toBe(phone.packet.cursor);
  const packet = await fetchPacket(phone);
  expect(packet.turf.id).toBe(second.id);
  const old = sealKnock(phone, makeKnock(doorOf(phone.packet, 0)), START + HOUR + 1);
  const own = sealKnock({ ...phone, packet }, makeKnock(doorOf(packet, 0)), START + HOUR + 1);
  server.time.now += 1;
  expect((await push(server, phone, [old, own])).results).toMatchObject([
    { status: 'applied', late: true },
    { status: 'applied' },
  ]);
  const pulled = await pull(phone, packet.cursor);
  expect(pulled.changes.map((one) => one.body)).toEqual([own.body]);
  const turfs = await call<Turf[]>(server, desk, 'GET', '/v1/turfs');
  expect(turfs.map((turf) => turf.holders)).toEqual([[], ['Cleo']]);
});

test('a turf taken back and handed to the same phone again is whole again', async () => {
  const { phone } = walk;
  const other = await joinPhone(server, await walk.code(), 'Dana');
  server.time.now += HOUR;
  await takeBack(phone);
  const missed = sealKnock(other, makeKnock(doorOf(phone.packet, 3)), START);
  await push(server, other, [missed]);
  const ended = await pull(phone, phone.packet.cursor);
  server.time.now += HOUR;
  await call(server, phone, 'POST', '/v1/join', { code: await walk.code(), name: 'Cleo' });
  // Even a phone that goes on from its old cursor misses nothing.
  const answer = await pull(phone, ended.cursor);
  expect(answer.changes.map((one) => one.body)).toEqual([missed.body]);
  expect(answer.scopes).toMatchObject([{ state: 'held', digest: digestOf([missed.body]) }]);
});

test('a stamp too far ahead counts as five minutes ahead, in pulls and packets alike', async () => {
  const { phone } = walk;
  const plain = sealKnock(phone, makeKnock(doorOf(phone.packet, 0)), START);
  const ahead = sealKnock(phone, makeKnock(doorOf(phone.packet, 1)), START + 400 * 24 * HOUR);
  const { results } = await push(server, phone, [plain, ahead]);
  expect(results[1]).toMatchObject({ status: 'applied', clamped: true });
  const { changes } = await pull(phone, phone.packet.cursor);
  const history = (await fetchPacket(phone)).history;
  const eff = changes[1]?.eff ?? '';
  expect([changes[0]?.eff, history[0]?.eff, history[1]?.eff]).toEqual([undefined, undefined, eff]);
  expect(parseInt(eff.slice(0, 12), 16)).toBe(START + 300_000);
});

test('taking back and revoking know no other chapter’s ids', async () => {
  const elm = await server.makeChapter('elmwood');
  await makeTown(elm, 'Elm');
  const far = await makeWalk(server, elm);
  const unknown = '0190a0a0-0000-7000-8000-00000000dead';
  const send = (url: string, payload: object) =>
    server.app.inject({ method: 'POST', url, headers: desk.headers, payload });
  const [turf, device] = [walk.turf.id, walk.phone.joined.deviceId];
  const nothing = await send(`/v1/phones/${unknown}/revoke`, { lost: false });
  expect(nothing.statusCode).toBe(404);
  for (const tried of [
    await send(`/v1/phones/${far.phone.joined.deviceId}/revoke`, { lost: true }),
    await send(`/v1/turfs/${far.turf.id}/take-back`, { deviceId: device }),
    await send(`/v1/turfs/${unknown}/take-back`, { deviceId: device }),
    await send(`/v1/turfs/${turf}/take-back`, { deviceId: far.phone.joined.deviceId }),
    await send(`/v1/turfs/${turf}/take-back`, { deviceId: unknown }),
  ]) {
    expect([tried.statusCode, tried.body]).toEqual([nothing.statusCode, nothing.body]);
  }
  expect(await pull(far.phone, far.phone.packet.cursor)).toMatchObject({ standing: 'ok' });
  const refused = await server.app.inject({
    url: `/v1/pull?cursor=${encodeURIComponent(far.phone.packet.cursor)}`,
    headers: (await walk.phone.reader()).headers,
  });
  expect(refused.json()).toMatchObject({ problem: { code: 'cursor-refused' } });
});

test('a withdrawal that is late takes back what it names', async () => {
  const { phone } = walk;
  const doorId = doorOf(phone.packet, 0);
  const knock = sealKnock(phone, makeKnock(doorId), START);
  await push(server, phone, [knock]);
  server.time.now += HOUR;
  await takeBack(phone);
  const withdraw = seal(phone, 'withdraw', { doorId, opId: knock.opId }, START + 2 * HOUR);
  server.time.now += 2 * HOUR;
  expect((await push(server, phone, [withdraw])).results).toMatchObject([{ late: true }]);
  const [turf] = await call<Turf[]>(server, desk, 'GET', '/v1/turfs');
  expect(turf?.tally).toMatchObject({ knocked: 0, remaining: 8 });
});
