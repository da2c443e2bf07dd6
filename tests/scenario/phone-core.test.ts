import { expect, test } from 'vitest';
import { type Id, makeId } from '#shared/kernel/ids.ts';
import type { Operation } from '#shared/model/operation.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Reply } from '#shared/sync/classify-failure.ts';
import type { Push } from '#shared/sync/protocol.ts';
import { seededBytes, seededDice } from '#shared/kernel/random.ts';
import { receiptOf } from '../../client/sync/op-receipt.ts';
import type { Identity } from '../../client/store/outbox-store.ts';
import { makeRecorder } from '../../client/store/record-fact.ts';
import { makeEngine } from '../../client/sync/engine.ts';
import { joinTurf } from '../../client/sync/join.ts';
import { makeRescueText, takeRescueText } from '../../client/sync/rescue.ts';
import { FakeServer } from './fake-server.ts';
import { START } from './make-chapter.ts';
import { hashText, resultKnock } from './make-operation.ts';
import { makePacket } from './make-packet.ts';
import { makeOutboxDisk, MemoryOutbox } from './sim/memory-outbox.ts';
import { makePacketDisk, MemoryPackets } from './sim/memory-packets.ts';
import { plainSeal, plainSigner } from './plain-crypto.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const steady = {
  transact: <T>(_: string, work: () => T): Promise<T> => Promise.resolve().then(work),
};
const random = seededBytes(seededDice(8));
const id = <K extends Id<string>>(): K => makeId<K>(START, random);
const chapter = { id: id<Identity['chapter']['id']>(), slug: 'oak', name: 'Oak', timeZone: 'UTC' };
const packet = makePacket(random, START, chapter);
const member = { id: id<Identity['member']['id']>(), name: 'Kim', role: 'canvasser' as const };

/** One phone of the chapter whose clock and time pass only when they are told to. */
function makePhone(server: FakeServer, more: Partial<Identity> = {}) {
  const disk = { ...makeOutboxDisk('epoch'), ...makePacketDisk() };
  const identity: Identity = { deviceId: id(), deviceToken: 'token', chapter, member, ...more };
  disk.identities.set(identity.deviceId, identity);
  disk.current = identity;
  const time = { wall: START, elapsed: 0 };
  const clock = { now: () => time.wall, elapsed: () => time.elapsed, offset: () => 0 };
  const talk = { open: false, close: (): void => {} };
  const talks = {
    isOpen: () => Promise.resolve(talk.open),
    whenClosed: (run: () => void) => {
      talk.close = () => {
        talk.open = false;
        run();
      };
      return () => {};
    },
  };
  const outbox = new MemoryOutbox(disk, steady);
  const packets = new MemoryPackets(disk, steady);
  const ports = {
    outbox,
    packets,
    transport: { send: (request: Parameters<FakeServer['send']>[0]) => server.send(request) },
    clock,
    timers: { after: () => () => {} },
    talks,
    random,
    roll: () => 0.5,
    signer: plainSigner,
    seal: plainSeal,
    hash: hashText,
  };
  const engine = makeEngine(ports, { idleMs: MINUTE, tell: () => {} });
  const recorder = makeRecorder({
    outbox,
    packets,
    clock,
    random,
    hash: hashText,
    seal: plainSeal,
  });
  const [door] = packet.doors;
  if (door === undefined) throw new Error('an empty turf');
  const knock = async (): Promise<Operation> => {
    const context = { turfId: packet.turf.id, scriptVersionId: null };
    const saved = await recorder.recordFact('knock', resultKnock(door, 'not-home'), context);
    if (!saved.ok) throw new Error(saved.problem.code);
    return saved.value;
  };
  const pass = (ms: number): void => {
    time.wall += ms;
    time.elapsed += ms;
    server.now += ms;
  };
  const states = (): string[] => [...disk.ops.values()].map((op) => op.state);
  return { disk, engine, knock, pass, time, ports, states, identity, talk };
}

const joined = { keys: { publicKey: 'p', privateKey: 'k' }, registered: true, grantUntil: START };
const known = { ...joined, chapterKey: packet.chapterKey };

test('an identity from before phones had keys makes one, once, and learns the chapter’s key', async () => {
  const server = new FakeServer(packet, START);
  const phone = makePhone(server);
  await phone.engine.fetchPacket();
  await phone.engine.syncNow();
  const identity = phone.disk.current;
  expect(identity).toMatchObject({ registered: true, chapterKey: packet.chapterKey });
  expect(server.registered).toBe(identity?.keys?.publicKey);
  expect(server.asked.filter((path) => path === '/v1/device-key')).toHaveLength(1);
});

test('a token is asked for once, and again when it has ended', async () => {
  const server = new FakeServer(packet, START);
  const phone = makePhone(server, known);
  await phone.engine.fetchPacket();
  await phone.engine.syncNow();
  await phone.engine.syncNow();
  expect(server.asked.filter((path) => path === '/v1/token')).toHaveLength(2);
  phone.pass(15 * MINUTE);
  await phone.engine.syncNow();
  expect(server.asked.filter((path) => path === '/v1/token')).toHaveLength(4);
});

test('a token that was given to somebody else, and came again on the way, reads nothing', async () => {
  const server = new FakeServer(packet, START);
  const phone = makePhone(server, known);
  server.tokensFor = 'who this phone was before';
  expect(await phone.engine.fetchPacket()).toMatchObject({ why: 'not-ours' });
  expect(server.asked).not.toContain('/v1/packet');
  server.tokensFor = null;
  expect(await phone.engine.fetchPacket()).toBeNull();
});

test('an idle phone says that nothing is unsent: at its start, after its work, and every five minutes', async () => {
  const server = new FakeServer(packet, START);
  const phone = makePhone(server, known);
  phone.engine.start();
  await new Promise((resolve) => setImmediate(resolve));
  const beats = () => server.pushes.filter((push) => push.ops.length === 0).length;
  expect(beats()).toBe(1);
  await phone.knock();
  phone.engine.wakePush();
  await new Promise((resolve) => setImmediate(resolve));
  expect(server.pushes.map((push) => push.unsent)).toEqual([0, 1, 0]);
  phone.pass(4 * MINUTE);
  phone.engine.wakePush();
  await new Promise((resolve) => setImmediate(resolve));
  expect(beats()).toBe(2);
  phone.pass(2 * MINUTE);
  phone.engine.wakePush();
  await new Promise((resolve) => setImmediate(resolve));
  expect(beats()).toBe(3);
});

test('what has come back is sealed, goes after fourteen days, and what is unsent never does', async () => {
  const server = new FakeServer(packet, START);
  const phone = makePhone(server, known);
  await phone.engine.fetchPacket();
  const fact = await phone.knock();
  await phone.engine.syncNow();
  await phone.engine.syncNow();
  expect([...phone.disk.ops.values()]).toMatchObject([{ state: 'kept', body: '' }]);
  expect(phone.disk.ops.get(fact.opId)?.sealed).not.toContain('not-home');
  server.online = false;
  phone.pass(15 * DAY);
  await phone.knock();
  await phone.engine.syncNow();
  expect(phone.states()).toEqual(['kept', 'unsent']);
  server.online = true;
  await phone.engine.syncNow();
  await phone.engine.syncNow();
  expect(phone.disk.ops.has(fact.opId)).toBe(false);
  expect(phone.disk.ops.size).toBe(1);
});

test('a server put back from a backup gets again what this phone still has', async () => {
  const server = new FakeServer(packet, START);
  const phone = makePhone(server, known);
  await phone.engine.fetchPacket();
  const facts = [await phone.knock(), await phone.knock()];
  await phone.engine.syncNow();
  await phone.engine.syncNow();
  const late = await phone.knock();
  await phone.engine.syncNow();
  await phone.engine.syncNow();
  expect(phone.states()).toEqual(['kept', 'kept', 'kept']);
  const whole = new Map(server.ops);
  server.ops = new Map();
  server.incarnation = 'second';
  await phone.engine.syncNow();
  await phone.engine.syncNow();
  expect([...server.ops.keys()].sort()).toEqual([...facts, late].map((fact) => fact.opId).sort());
  for (const [opId, { body }] of whole) expect(server.ops.get(opId)?.body).toBe(body);
  expect(phone.states()).toEqual(['kept', 'kept', 'kept']);
  expect(phone.disk.rows.size).toBe(3);
  expect(phone.disk.head.mismatches).toBe(0);
});

test('what the server’s own list does not have is sent once more, and once only', async () => {
  const server = new FakeServer(packet, START);
  const phone = makePhone(server, known);
  await phone.engine.fetchPacket();
  const fact = await phone.knock();
  await phone.engine.syncNow();
  server.ops.delete(fact.opId);
  await phone.engine.syncNow();
  await phone.engine.syncNow();
  expect(server.ops.has(fact.opId)).toBe(true);
  expect(phone.states()).not.toContain('again');
});

test('a phone that was closed between joining and its turf fetches it by itself, once', async () => {
  const server = new FakeServer(packet, START);
  const phone = makePhone(server, known);
  await phone.engine.syncNow();
  expect(phone.disk.sheet?.turf.id).toBe(packet.turf.id);
  server.scope = 'ended';
  for (let i = 0; i < 3; i++) await phone.engine.syncNow();
  expect(phone.disk.sheet).toBeNull();
  expect(server.asked.filter((path) => path === '/v1/packet')).toHaveLength(1);
});

test('a packet that a later question has overtaken does not take its place', async () => {
  const server = new FakeServer(packet, START);
  const phone = makePhone(server, known);
  const send = server.send.bind(server);
  let arrive = (): void => {};
  const late = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  let slow = true;
  server.send = async (request) => {
    const reply = await send(request);
    if (request.path !== '/v1/packet' || !slow) return reply;
    slow = false;
    await late;
    return { ...reply, text: 'text' in reply ? reply.text.replace('Turf 1', 'Old turf') : '' };
  };
  const old = phone.engine.fetchPacket();
  await new Promise((resolve) => setImmediate(resolve));
  await phone.engine.fetchPacket();
  arrive();
  await old;
  expect(phone.disk.sheet?.turf.name).toBe('Turf 1');
});

test('the code that was opened last wins, whichever answer comes last', async () => {
  const server = new FakeServer(packet, START);
  const phone = makePhone(server);
  const { outbox } = phone.ports;
  const held: ((reply: Reply) => void)[] = [];
  const transport = {
    send: () => new Promise<Reply>((resolve) => held.push(resolve)),
  };
  const witness = { read: () => null, write: () => {} };
  const ports = { outbox, transport, signer: plainSigner, witness };
  const answer = (slug: string): Reply => ({
    kind: 'answer',
    status: 200,
    json: true,
    text: JSON.stringify({
      deviceId: id(),
      deviceToken: `token ${slug}`,
      grantUntil: START,
      chapterKey: packet.chapterKey,
      chapter: { ...chapter, slug },
      member,
      turfId: packet.turf.id,
    }),
    retryAfterMs: null,
  });
  const slugOf = async (): Promise<string | undefined> =>
    (await outbox.readIdentity())?.chapter.slug;
  const begin = (code: string): Promise<Result<unknown>> => joinTurf({ code, name: 'Kim' }, ports);
  const first = begin('one');
  await expect.poll(() => held.length).toBe(1);
  const second = begin('two');
  await expect.poll(() => held.length).toBe(2);
  held[1]?.(answer('two'));
  expect((await second).ok).toBe(true);
  held[0]?.(answer('one'));
  expect(await first).toMatchObject({ ok: false, problem: { code: 'join-overtaken' } });
  expect(await slugOf()).toBe('two');

  const third = begin('three');
  await expect.poll(() => held.length).toBe(3);
  const fourth = begin('four');
  await expect.poll(() => held.length).toBe(4);
  held[2]?.(answer('three'));
  expect((await third).ok).toBe(true);
  held[3]?.(answer('four'));
  expect((await fourth).ok).toBe(true);
  expect(await slugOf()).toBe('four');
});

test('a digest that does not match fetches the turf anew and is counted, without end nor spinning', async () => {
  const server = new FakeServer(packet, START);
  const phone = makePhone(server, known);
  await phone.engine.fetchPacket();
  await phone.knock();
  await phone.engine.syncNow();
  await phone.engine.syncNow();
  phone.disk.rows.clear();
  await phone.engine.syncNow();
  expect(phone.disk.rows.size).toBe(1);
  await phone.engine.syncNow();
  expect(server.pushes.flatMap((push) => push.mismatches ?? [])).toEqual([1]);
  server.lies = true;
  for (let i = 0; i < 5; i++) await phone.engine.syncNow();
  phone.pass(11 * MINUTE);
  for (let i = 0; i < 5; i++) await phone.engine.syncNow();
  expect(server.asked.filter((path) => path === '/v1/packet')).toHaveLength(3);
});

test('a turf that was taken back: facts first, then the rows, then the receipt until it is taken', async () => {
  const server = new FakeServer(packet, START);
  const phone = makePhone(server, known);
  await phone.engine.fetchPacket();
  await phone.knock();
  await phone.engine.syncNow();
  phone.disk.drafts.set(packet.doors[0]?.id as never, { note: 'half' });
  await phone.knock();
  server.scope = 'ended';
  const before = server.asked.length;
  await phone.engine.syncNow();
  const after = server.asked.slice(before);
  expect(after.indexOf('/v1/push')).toBeLessThan(after.indexOf('/v1/purged'));
  expect(server.receipts).toEqual([{ turfIds: [packet.turf.id], wiped: true, unsent: 0 }]);
  const { disk } = phone;
  expect([disk.sheet, disk.hold, disk.cursor, disk.rows.size, disk.drafts.size]).toEqual([
    null,
    null,
    null,
    0,
    0,
  ]);
  expect([...disk.ops.values()].map((op) => op.body)).toEqual(['', '']);
  expect(disk.head).toMatchObject({ receipt: null, ended: { why: 'ended', turfName: 'Turf 1' } });
});

/** A phone on which a conversation is open, and which has heard of the end of its turf. */
async function makeTalking(end: Partial<Pick<FakeServer, 'scope' | 'standing'>>) {
  const server = new FakeServer(packet, START);
  const phone = makePhone(server, known);
  await phone.engine.fetchPacket();
  await phone.engine.syncNow();
  phone.disk.drafts.set(packet.doors[0]?.id as never, { note: 'half' });
  phone.talk.open = true;
  Object.assign(server, end);
  await phone.engine.syncNow();
  const gone = (): boolean => phone.disk.sheet === null && phone.disk.drafts.size === 0;
  return { server, phone, gone };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('a turf taken back in a conversation stays until that is saved, and is gone right after', async () => {
  const { server, phone, gone } = await makeTalking({ scope: 'ended' });
  const { disk } = phone;
  phone.pass(9 * MINUTE);
  await phone.engine.syncNow();
  expect([gone(), server.receipts, disk.head.ended]).toEqual([false, [], null]);
  expect(disk.head.waiting).toMatchObject({ turfId: packet.turf.id, why: 'ended' });
  const fact = await phone.knock();
  phone.talk.close();
  await settled();
  expect([gone(), disk.rows.size, disk.cursor]).toEqual([true, 0, null]);
  expect(server.ops.has(fact.opId)).toBe(true);
  expect(server.asked.lastIndexOf('/v1/push')).toBeLessThan(server.asked.lastIndexOf('/v1/purged'));
  expect(server.receipts).toHaveLength(1);
  expect(disk.head).toMatchObject({ waiting: null, ended: { why: 'ended', turfName: 'Turf 1' } });
});

test('no conversation keeps a turf for longer than ten minutes, with or without a network', async () => {
  for (const online of [true, false]) {
    const { server, phone, gone } = await makeTalking({ standing: 'revoked' });
    server.online = online;
    phone.pass(10 * MINUTE - 1);
    // Whoever sets the clock back gains nothing.
    phone.time.wall = START;
    await phone.engine.syncNow();
    expect(gone()).toBe(false);
    phone.pass(1);
    await phone.engine.syncNow();
    expect(gone()).toBe(true);
    expect(phone.disk.current?.standing).toBe('revoked');
  }
});

test('a timer ends the wait where nothing else would', async () => {
  const server = new FakeServer(packet, START);
  const phone = makePhone(server, known);
  const due: { ms: number; run: () => void }[] = [];
  const timers = {
    after: (ms: number, run: () => void) => {
      due.push({ ms, run });
      return () => {};
    },
  };
  const engine = makeEngine({ ...phone.ports, timers }, { idleMs: MINUTE, tell: () => {} });
  await engine.fetchPacket();
  phone.talk.open = true;
  server.scope = 'ended';
  await engine.syncNow();
  const ends = due.filter(({ ms }) => ms === 10 * MINUTE);
  expect(ends).toHaveLength(1);
  server.online = false;
  phone.pass(10 * MINUTE);
  ends[0]?.run();
  await settled();
  expect(phone.disk.sheet).toBeNull();
});

test('who walks with somebody looks for the other’s doors at once again, alone a phone rests', async () => {
  const server = new FakeServer(packet, START);
  const phone = makePhone(server, known);
  const pauses: number[] = [];
  const timers = {
    after: (ms: number) => {
      pauses.push(ms);
      return () => {};
    },
  };
  const settings = { idleMs: MINUTE, sharedIdleMs: 7_000, tell: () => {} };
  const engine = makeEngine({ ...phone.ports, timers }, settings);
  await engine.fetchPacket();
  engine.start();
  await engine.syncNow();
  expect(new Set(pauses)).toEqual(new Set([MINUTE]));
  pauses.length = 0;
  server.shared = true;
  await engine.syncNow();
  expect(pauses.sort((a, b) => a - b)).toEqual([7_000, MINUTE]);
  pauses.length = 0;
  server.shared = false;
  await engine.syncNow();
  expect(pauses).toEqual([MINUTE, MINUTE]);
  engine.stop();
});

test('a phone reported lost waits for nobody, and neither does a hold that has run out', async () => {
  expect((await makeTalking({ standing: 'lost' })).gone()).toBe(true);
  const talking = await makeTalking({ scope: 'ended' });
  expect(talking.gone()).toBe(false);
  talking.server.standing = 'lost';
  await talking.phone.engine.syncNow();
  expect(talking.gone()).toBe(true);
  expect(talking.phone.disk.current).toMatchObject({ keys: null, standing: 'lost' });
  const late = await makeTalking({});
  late.server.online = false;
  late.phone.pass(packet.heldUntil - START + MINUTE);
  await late.phone.engine.syncNow();
  expect(late.gone()).toBe(true);
});

test('a crash in the middle of a conversation ends the wait: the next start purges, without a network', async () => {
  const { server, phone, gone } = await makeTalking({ scope: 'ended' });
  server.online = false;
  const engine = makeEngine(phone.ports, { idleMs: MINUTE, tell: () => {} });
  await engine.syncNow();
  expect(gone()).toBe(true);
  // Another turf may have been taken before the crash: it is asked for once, and is there.
  server.online = true;
  server.scope = 'held';
  await engine.syncNow();
  await engine.syncNow();
  expect(phone.disk.sheet?.turf.id).toBe(packet.turf.id);
  expect(server.receipts).toHaveLength(1);
});

test('a turf that was given again in the middle of a conversation stays, and can be ended again', async () => {
  const { server, phone, gone } = await makeTalking({ scope: 'ended' });
  server.scope = 'held';
  await phone.engine.syncNow();
  expect(phone.disk.head.waiting).toBeNull();
  phone.pass(11 * MINUTE);
  await phone.engine.syncNow();
  expect(gone()).toBe(false);
  server.scope = 'ended';
  await phone.engine.syncNow();
  expect(gone()).toBe(false);
  phone.talk.open = false;
  await phone.engine.syncNow();
  expect(gone()).toBe(true);
});

test('a phone that is cut off right before its receipt still owes it at the next start', async () => {
  const server = new FakeServer(packet, START);
  const phone = makePhone(server, known);
  await phone.engine.fetchPacket();
  await phone.knock();
  server.standing = 'revoked';
  const send = server.send.bind(server);
  server.send = (request) => {
    if (request.path === '/v1/purged') server.online = false;
    return send(request);
  };
  await phone.engine.syncNow();
  expect(phone.disk.sheet).toBeNull();
  expect(phone.disk.head.receipt).not.toBeNull();
  server.send = send;
  server.online = true;
  await phone.engine.syncNow();
  expect(server.receipts).toHaveLength(1);
  expect(phone.disk.head.receipt).toBeNull();
  expect(phone.disk.current?.standing).toBe('revoked');
});

test('what one person has deleted is told under their name, also when another has the phone by then', async () => {
  const server = new FakeServer(packet, START);
  const phone = makePhone(server, known);
  await phone.engine.fetchPacket();
  const before = phone.disk.current;
  if (before === null) throw new Error('Nobody is on the phone.');
  server.online = false;
  await phone.engine.leavePhone();
  const other: Identity = { ...before, deviceId: id(), tookMore: false, standing: 'ok', ...known };
  phone.disk.identities.set(other.deviceId, other);
  phone.disk.current = other;
  phone.disk.head = { ...phone.disk.head, ended: null };
  const owner = { deviceId: before.deviceId, turfIds: [packet.turf.id] };
  expect(phone.disk.head.receipt).toEqual(owner);
  // The same turf, for somebody else: their list is not what was deleted.
  server.online = true;
  const send = server.send.bind(server);
  server.send = (request) => {
    if (request.path === '/v1/purged') return Promise.resolve({ kind: 'unreachable' });
    return send(request);
  };
  await phone.engine.fetchPacket();
  expect(phone.disk.head).toMatchObject({ receipt: null, owed: [owner] });
  server.send = send;
  await phone.engine.syncNow();
  expect(server.receipts).toEqual([{ turfIds: owner.turfIds, wiped: true, unsent: 0 }]);
  expect(phone.disk.head.owed).toEqual([]);
  expect(phone.disk.sheet).not.toBeNull();
});

test('a phone reported lost drops its key and its rows before it sends anything', async () => {
  const server = new FakeServer(packet, START);
  const phone = makePhone(server, known);
  await phone.engine.fetchPacket();
  await phone.engine.syncNow();
  server.online = false;
  await phone.knock();
  await phone.engine.syncNow();
  server.online = true;
  server.standing = 'lost';
  let rowsAtPush: unknown = 'nothing was pushed';
  const send = server.send.bind(server);
  server.send = (request) => {
    if (request.path === '/v1/push' && server.receipts.length > 0) {
      rowsAtPush = [phone.disk.sheet, phone.disk.current?.keys];
    }
    return send(request);
  };
  // Only the pulling half: the pushing one may have been a moment faster by itself.
  await phone.engine.syncNow();
  await phone.engine.syncNow();
  expect(phone.disk.sheet).toBeNull();
  expect(phone.disk.current).toMatchObject({ keys: null, standing: 'lost' });
  expect(rowsAtPush).toEqual([null, null]);
  expect(phone.states()).not.toContain('unsent');
});

test('a hold that ends by itself ends with no network, and unsent facts stay', async () => {
  const server = new FakeServer(packet, START);
  const phone = makePhone(server, known);
  await phone.engine.fetchPacket();
  await phone.knock();
  server.online = false;
  phone.pass(packet.heldUntil - START - MINUTE);
  await phone.engine.syncNow();
  expect(phone.disk.sheet).not.toBeNull();
  // The phone's clock is set back; what has passed since the last contact counts all the same.
  phone.pass(2 * MINUTE);
  phone.time.wall = START;
  await phone.engine.syncNow();
  expect(phone.disk.sheet).toBeNull();
  expect(phone.disk.head.ended?.why).toBe('expired');
  expect(phone.states()).toEqual(['unsent']);
  server.online = true;
  await phone.engine.syncNow();
  await phone.engine.syncNow();
  expect(phone.states()).toEqual(['kept']);
  expect(server.receipts).toHaveLength(1);
});

test('a hold that has expired is asked after once, and is there again when it was given anew', async () => {
  const server = new FakeServer(packet, START);
  const phone = makePhone(server, known);
  await phone.engine.fetchPacket();
  const packets = () => server.asked.filter((path) => path === '/v1/packet').length;
  server.online = false;
  phone.pass(packet.heldUntil - START + MINUTE);
  await phone.engine.syncNow();
  expect(phone.disk.head.ended?.why).toBe('expired');
  server.online = true;
  server.noTurf = true;
  await phone.engine.syncNow();
  await phone.engine.syncNow();
  expect(packets()).toBe(2);
  expect(phone.disk.head.ended?.why).toBe('expired');
  // Whoever opens the app again asks again.
  server.noTurf = false;
  await makeEngine(phone.ports, { idleMs: MINUTE, tell: () => {} }).syncNow();
  expect(phone.disk.sheet?.turf.id).toBe(packet.turf.id);
  expect(phone.disk.head.ended).toBeNull();
});

test('a hold that the server has prolonged does not end when it first would have', async () => {
  const server = new FakeServer(packet, START);
  const phone = makePhone(server, known);
  await phone.engine.fetchPacket();
  server.until = packet.heldUntil + DAY;
  await phone.engine.syncNow();
  phone.pass(packet.heldUntil - START + MINUTE);
  server.online = false;
  await phone.engine.syncNow();
  expect(phone.disk.sheet).not.toBeNull();
});

test('what was held is asked after, and shows what became of it', async () => {
  const server = new FakeServer(packet, START);
  const phone = makePhone(server, known);
  await phone.engine.fetchPacket();
  await phone.engine.syncNow();
  server.online = false;
  const fact = await phone.knock();
  server.held.add(fact.opId);
  server.online = true;
  await phone.engine.syncNow();
  const op = () => {
    const found = phone.disk.ops.get(fact.opId);
    if (found === undefined) throw new Error('a fact is gone');
    return found;
  };
  expect(receiptOf(op())).toEqual({ at: 'held', reason: 'scope', decision: null });
  expect(op().body).not.toBe('');
  const taken = server.ops.get(fact.opId);
  if (taken?.result.status !== 'held') throw new Error('not held');
  taken.result = { ...taken.result, decided: 'discarded' };
  phone.pass(61 * MINUTE);
  await phone.engine.syncNow();
  await phone.engine.syncNow();
  expect(receiptOf(op())).toEqual({ at: 'held', reason: 'scope', decision: 'discarded' });
  expect(op().body).toBe('');
});

test('a rescue file travels by another phone and arrives exactly once', async () => {
  const server = new FakeServer(packet, START);
  const [dead, helping] = [makePhone(server, known), makePhone(server, known)];
  await dead.engine.fetchPacket();
  server.online = false;
  const facts = [await dead.knock(), await dead.knock()];
  const text = await makeRescueText(dead.ports);
  if (!text.ok) throw new Error(text.problem.code);
  expect(text.value).not.toContain('not-home');
  expect(await takeRescueText(helping.ports, text.value)).toEqual({ ok: true, value: 2 });
  expect(await takeRescueText(helping.ports, text.value)).toEqual({ ok: true, value: 2 });
  expect(helping.disk.carried.size).toBe(1);
  server.online = true;
  await helping.engine.syncNow();
  await helping.engine.syncNow();
  expect([...server.ops.keys()]).toEqual(facts.map((fact) => fact.opId));
  expect([...helping.disk.carried.values()]).toMatchObject([{ results: [{}, {}] }]);
  await dead.engine.syncNow();
  expect(server.ops.size).toBe(2);
  expect(dead.states()).not.toContain('unsent');
  expect(server.asked.filter((path) => path === '/v1/rescue')).toHaveLength(1);
});

test('a chapter that was restored gets again what another phone’s file brought, for fourteen days', async () => {
  const server = new FakeServer(packet, START);
  const [dead, helping] = [makePhone(server, known), makePhone(server, known)];
  await dead.engine.fetchPacket();
  const facts = [await dead.knock(), await dead.knock()].map(({ opId }) => opId);
  const text = await makeRescueText(dead.ports);
  if (!text.ok) throw new Error(text.problem.code);
  await takeRescueText(helping.ports, text.value);
  const restore = async (name: string): Promise<void> => {
    server.ops = new Map();
    server.incarnation = name;
    await helping.engine.syncNow();
    await helping.engine.syncNow();
  };
  await restore('first');
  expect([...server.ops.keys()]).toEqual(facts);
  await restore('second');
  expect([...server.ops.keys()]).toEqual(facts);
  helping.pass(14 * DAY + MINUTE);
  await helping.engine.syncNow();
  await restore('third');
  expect([...server.ops.keys()]).toEqual([]);
  // Who still has the file brings it again.
  await takeRescueText(helping.ports, text.value);
  await helping.engine.syncNow();
  expect([...server.ops.keys()]).toEqual(facts);
});

test('another phone’s file goes by whoever has this phone now, not by who had it before', async () => {
  const server = new FakeServer(packet, START);
  const [dead, helping] = [makePhone(server, known), makePhone(server, known)];
  const fact = await dead.knock();
  const text = await makeRescueText(dead.ports);
  if (!text.ok) throw new Error(text.problem.code);
  await helping.ports.outbox.changeIdentity(helping.identity.deviceId, () => ({
    deviceToken: 'of somebody who was sent away',
  }));
  await helping.ports.outbox.putIdentity({ ...helping.identity, deviceId: id() });
  await takeRescueText(helping.ports, text.value);
  await helping.engine.syncNow();
  await helping.engine.syncNow();
  expect([...server.ops.keys()]).toEqual([fact.opId]);
});

test('what is no rescue file, or of another chapter, is not taken', async () => {
  const server = new FakeServer(packet, START);
  const phone = makePhone(server, known);
  const made = await makeRescueText(phone.ports);
  if (!made.ok) throw new Error(made.problem.code);
  for (const text of ['', '{}', '[]', 'null', made.value.slice(0, -2)]) {
    expect(await takeRescueText(phone.ports, text)).toMatchObject({
      problem: { code: 'rescue-unreadable' },
    });
  }
  const other = JSON.stringify({ ...(JSON.parse(made.value) as object), chapterId: 'other' });
  expect(await takeRescueText(phone.ports, other)).toMatchObject({
    problem: { code: 'rescue-refused' },
  });
  expect(phone.disk.carried.size).toBe(0);
});

test('a chapter that this phone has left hears of it as long as facts of it are kept here', async () => {
  const server = new FakeServer(packet, START);
  const phone = makePhone(server, known);
  await phone.engine.fetchPacket();
  const fact = await phone.knock();
  await phone.engine.syncNow();
  await phone.engine.syncNow();
  expect(phone.states()).toEqual(['kept']);
  const other = { ...chapter, id: id<Identity['chapter']['id']>(), name: 'Elm' };
  await phone.ports.outbox.putIdentity({ ...phone.identity, deviceId: id(), chapter: other });
  await phone.engine.syncNow();
  const beats = () =>
    server.pushes.filter((push) => push.deviceId === phone.identity.deviceId).length;
  const before = beats();
  const restore = (name: string): void => {
    server.ops = new Map();
    server.incarnation = name;
  };
  restore('second');
  phone.pass(30 * MINUTE);
  await phone.engine.syncNow();
  expect(beats()).toBe(before);
  phone.pass(31 * MINUTE);
  await phone.engine.syncNow();
  expect([...server.ops.keys()]).toEqual([fact.opId]);
  expect(phone.states()).toEqual(['kept']);
});

test('I13: after an outage in which each fact failed alone, one that always fails keeps none back', async () => {
  const server = new FakeServer(packet, START);
  const phone = makePhone(server, known);
  await phone.engine.fetchPacket();
  const bad = await phone.knock();
  const good = [await phone.knock(), await phone.knock()];
  server.faultOf = () => 'server-fault';
  for (let tries = 0; tries < 8; tries++) {
    phone.pass(MINUTE);
    await phone.engine.syncNow();
  }
  const fails = (push: Push): boolean => push.ops.some(({ opId }) => opId === bad.opId);
  server.faultOf = (push) => (fails(push) ? 'server-fault' : null);
  for (let tries = 0; tries < 4; tries++) {
    phone.pass(MINUTE);
    await phone.engine.syncNow();
  }
  expect([...server.ops.keys()].sort()).toEqual(good.map(({ opId }) => opId).sort());
  // The chapter hears of the one that is left, though it cannot come.
  const { length } = server.pushes;
  phone.pass(5 * MINUTE);
  await phone.engine.syncNow();
  const beats = server.pushes.slice(length).filter(({ ops }) => ops.length === 0);
  expect(beats.map(({ unsent }) => unsent)).toEqual([1]);
});

test('what a restored chapter wants again does not wait for a fact that always fails', async () => {
  const server = new FakeServer(packet, START);
  const phone = makePhone(server, known);
  await phone.engine.fetchPacket();
  const fact = await phone.knock();
  await phone.engine.syncNow();
  const bad = await phone.knock();
  const fails = (push: Push): boolean => push.ops.some(({ opId }) => opId === bad.opId);
  server.faultOf = (push) => (fails(push) ? 'server-fault' : null);
  await phone.engine.syncNow();
  server.ops = new Map();
  server.incarnation = 'second';
  for (let tries = 0; tries < 4; tries++) {
    phone.pass(MINUTE);
    await phone.engine.syncNow();
  }
  expect([...server.ops.keys()]).toEqual([fact.opId]);
});

test.each(['database-away', 'not-signed-in'] as const)(
  'a former chapter that answers with %s keeps back nothing of the one that is walked for now',
  async (fault) => {
    const server = new FakeServer(packet, START);
    const phone = makePhone(server, known);
    await phone.engine.fetchPacket();
    await phone.knock();
    const former = phone.identity.deviceId;
    server.faultOf = ({ deviceId }) => (deviceId === former ? fault : null);
    await phone.ports.outbox.putIdentity({ ...phone.identity, deviceId: id() });
    const fact = await phone.knock();
    await phone.engine.syncNow();
    phone.pass(MINUTE);
    await phone.engine.syncNow();
    expect([...server.ops.keys()]).toEqual([fact.opId]);
    const before = server.pushes.length;
    phone.pass(5 * MINUTE);
    await phone.engine.syncNow();
    const beats = server.pushes.slice(before).filter(({ deviceId }) => deviceId !== former);
    expect(new Set(beats.map(({ unsent }) => unsent))).toEqual(new Set([0]));
    expect(phone.states()).toContain('unsent');
  },
);

test('a key that the chapter has forgotten is told once more', async () => {
  const server = new FakeServer(packet, START);
  const phone = makePhone(server, known);
  server.forgotKey = true;
  expect(await phone.engine.fetchPacket()).toBeNull();
  expect(server.registered).toBe('p');
  expect(phone.disk.current?.registered).toBe(true);
  expect(server.asked.filter((path) => path === '/v1/device-key')).toHaveLength(1);
});

test('a cursor refused right after a new packet waits a minute, unless somebody else asks', async () => {
  const server = new FakeServer(packet, START);
  const phone = makePhone(server, known);
  await phone.engine.fetchPacket();
  const packets = () => server.asked.filter((path) => path === '/v1/packet').length;
  server.refusesCursors = true;
  await phone.engine.syncNow();
  await phone.engine.syncNow();
  expect(packets()).toBe(2);
  await phone.ports.outbox.putIdentity({ ...phone.identity, deviceId: id() });
  await phone.engine.syncNow();
  expect(packets()).toBe(3);
  phone.pass(2 * MINUTE);
  await phone.engine.syncNow();
  expect(packets()).toBe(4);
});

test('where storage fails there is no rescue file, and that is told', async () => {
  const phone = makePhone(new FakeServer(packet, START), known);
  const gone = { transact: () => Promise.reject(new Error('gone')) };
  const outbox = new MemoryOutbox(phone.disk, gone);
  const made = await makeRescueText({ ...phone.ports, outbox });
  expect(made).toMatchObject({ ok: false, problem: { code: 'storage-blocked' } });
});
