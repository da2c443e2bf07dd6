import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DoorId, makeId } from '#shared/kernel/ids.ts';
import { seededBytes, seededDice } from '#shared/kernel/random.ts';
import { DexieOutbox } from '../../client/store/dexie-outbox.ts';
import { DexiePackets } from '../../client/store/dexie-packets.ts';
import { makeRecorder } from '../../client/store/record-fact.ts';
import type { Walk } from '../../client/store/fold-walk.ts';
import { watchWalk } from '../../client/store/watch-walk.ts';
import { makeEngine } from '../../client/sync/engine.ts';
import { joinTurf } from '../../client/sync/join.ts';
import type { Request, Transport } from '../../client/sync/ports.ts';
import { sealText } from '../../client/store/seal-text.ts';
import { webSigner } from '../../client/sync/signer.ts';
import { makeRescueText, takeRescueText } from '../../client/sync/rescue.ts';
import { readShift } from '../../client/sync/shift.ts';
import { makeStatusBoard } from '../../client/sync/status.ts';
import { knockedAt } from '#shared/canvass/knocked-at.ts';
import { fetchTransport } from '../../client/sync/transport.ts';
import { makeApp, type TestApp } from '../api/make-app.ts';
import type { LaunchCode, Turf } from '#shared/model/turf.ts';
import { listPhones } from '../../server/chapter/list-phones.ts';
import { around, makeTown } from '../api/make-town.ts';
import { call, makeWalk } from '../api/make-walk.ts';
import { hashText, resultKnock } from './make-operation.ts';

// Dexie watches nothing where it thinks there is no IndexedDB.
Dexie.dependencies.indexedDB = new IDBFactory();
Dexie.dependencies.IDBKeyRange = IDBKeyRange;

let server: TestApp;
let base: string;
let seed = 0;

beforeEach(async () => {
  server = await makeApp();
  await server.app.listen({ port: 0, host: '127.0.0.1' });
  base = `http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}`;
});
afterEach(() => server.close());

/** A phone as in the browser, but for the timers, which are never due, and the place of storage. */
function makePhone() {
  const source = { indexedDB: new IDBFactory(), IDBKeyRange };
  const outbox = new DexieOutbox(() => 'epoch', source);
  const packets = new DexiePackets(source);
  seed += 1;
  const random = seededBytes(seededDice(seed));
  const clock = {
    now: () => server.time.now - 86_400_000,
    elapsed: () => server.time.now,
    offset: () => 60,
  };
  const transport = {
    send: (asked: Request) => fetchTransport.send({ ...asked, path: base + asked.path }),
  };
  const board = makeStatusBoard();
  const timers = { after: () => () => {} };
  const ports = {
    outbox,
    packets,
    transport,
    clock,
    timers,
    random,
    roll: () => 0.5,
    signer: webSigner,
    seal: sealText,
    hash: hashText,
  };
  const engine = makeEngine(ports, { idleMs: 30_000, tell: board.tell });
  const recorder = makeRecorder({ outbox, packets, clock, random, hash: hashText, seal: sealText });
  const watch = watchWalk(outbox, packets);
  let remembered: string | null = null;
  const witness = {
    read: () => remembered,
    write: (deviceId: string) => {
      remembered = deviceId;
    },
  };
  const means = { outbox, transport, signer: webSigner, witness };
  const join = (code: string) => joinTurf({ code, name: 'Kim' }, means);
  return { outbox, packets, engine, recorder, board, watch, join, ports };
}

const NO_SIGNAL: Transport = { send: () => Promise.resolve({ kind: 'unreachable' }) };

/** The walk as the screens show it, once it satisfies. */
function untilWalk(
  watch: ReturnType<typeof watchWalk>,
  isRight: (walk: Walk) => boolean,
): Promise<Walk> {
  return new Promise((resolve) => {
    const stop = watch.subscribe(check);
    function check(): void {
      const now = watch.read();
      if (typeof now === 'string' || !isRight(now)) return;
      queueMicrotask(() => stop());
      resolve(now);
    }
    check();
  });
}

test('two phones join, knock the same door, and show the same walk as each other', async () => {
  const db = await server.makeChapter('oakdale');
  await makeTown(db, 'Oak');
  const { code } = await makeWalk(server, db);
  const phones = [makePhone(), makePhone()] as const;
  for (const phone of phones) {
    expect(await phone.join(await code())).toMatchObject({ ok: true });
    expect(await phone.engine.fetchPacket()).toBeNull();
    await phone.engine.syncNow();
  }
  const [one, two] = phones;
  const walk = await untilWalk(one.watch, () => true);
  const [door] = walk.doors;
  if (door === undefined) throw new Error('an empty turf');
  const context = { turfId: walk.sheet.turf.id, scriptVersionId: null };
  const knock = resultKnock({ id: door.door.id }, 'not-home');
  const first = await one.recorder.recordFact('knock', knock, context);
  if (!first.ok) throw new Error(first.problem.code);
  expect(first.value.clockOffsetMs).toBe(86_400_000);
  const before = await untilWalk(one.watch, (now) => now.tally.knocks === 1);
  expect(before.byDoor.get(door.door.id)?.state.standing).toBe('not-home');
  await two.recorder.recordFact('knock', resultKnock({ id: door.door.id }, 'refused'), context);

  await Promise.all(phones.map((phone) => phone.engine.syncNow()));
  await Promise.all(phones.map((phone) => phone.engine.syncNow()));
  for (const { watch, outbox, board } of phones) {
    const now = await untilWalk(watch, (now) => now.tally.knocks === 2);
    expect(now.byDoor.get(door.door.id)?.state.lastKnock?.at.ms).toBe(server.time.now);
    expect(await outbox.listUnsent()).toEqual([]);
    expect(board.read()).toMatchObject({ state: 'idle', problem: null });
  }
  const rows = await db.read.selectFrom('devices').select(['db_epoch', 'unsent']).execute();
  expect(rows.filter((row) => row.db_epoch === 'epoch').map((row) => row.unsent)).toEqual([0, 0]);
});

test('a phone a day off that loses its signal right after joining knows the hour of its first door', async () => {
  const db = await server.makeChapter('oakdale');
  await makeTown(db, 'Oak');
  const { code } = await makeWalk(server, db);
  const phone = makePhone();
  await phone.join(await code());
  await phone.engine.fetchPacket();
  const walk = await untilWalk(phone.watch, () => true);
  const [door] = walk.doors;
  if (door === undefined) throw new Error('an empty turf');
  const context = { turfId: walk.sheet.turf.id, scriptVersionId: null };
  const knock = resultKnock({ id: door.door.id }, 'not-home');
  const saved = await phone.recorder.recordFact('knock', knock, context);
  if (!saved.ok) throw new Error(saved.problem.code);
  expect(knockedAt(saved.value).ms).toBe(server.time.now);
});

test('a phone that joins again stays the same phone', async () => {
  const db = await server.makeChapter('oakdale');
  await makeTown(db, 'Oak');
  const { code } = await makeWalk(server, db);
  const phone = makePhone();
  const [first, again] = [await phone.join(await code()), await phone.join(await code())];
  if (!first.ok || !again.ok) throw new Error('not joined');
  if ('waiting' in first.value || 'waiting' in again.value) throw new Error('it waits');
  expect(again.value.deviceId).toBe(first.value.deviceId);
  expect(await phone.outbox.readIdentities()).toHaveLength(1);
});

test('a wrong code, and no server, are told apart', async () => {
  const phone = makePhone();
  expect(await phone.join('7K3M-Q9TX')).toMatchObject({ problem: { code: 'code-refused' } });
  base = 'http://127.0.0.1:9';
  expect(await phone.join('7K3M-Q9TX')).toMatchObject({ problem: { code: 'no-network' } });
});

test('a phone that is revoked brings its facts away, then nothing readable is left on it', async () => {
  const db = await server.makeChapter('oakdale');
  await makeTown(db, 'Oak');
  const { code } = await makeWalk(server, db);
  const phone = makePhone();
  await phone.join(await code());
  await phone.engine.fetchPacket();
  const { doors, sheet } = await untilWalk(phone.watch, () => true);
  const context = { turfId: sheet.turf.id, scriptVersionId: null };
  const [door] = doors;
  if (door === undefined) throw new Error('an empty turf');
  await phone.recorder.recordFact('lit-drop', { doorId: door.door.id }, context);
  const revoked = { revoked_at: server.time.now + 1 };
  await db.write((trx) => trx.updateTable('devices').set(revoked).execute());
  server.time.now += 60_000;
  await phone.engine.syncNow();
  expect(await phone.outbox.listUnsent()).toEqual([]);
  expect(await phone.packets.readPacket()).toBeNull();
  const [kept] = await phone.outbox.listAll();
  expect(kept).toMatchObject({ body: '', result: { status: 'applied' } });
  expect(kept?.sealed).toMatch(/^[\w-]{100,}$/);
  const head = await phone.outbox.readHead();
  expect(head).toMatchObject({ receipt: null, ended: { why: 'revoked' } });
  const device = await db.read
    .selectFrom('devices')
    .select(['purged_at', 'unsent'])
    .where('db_epoch', '=', 'epoch')
    .executeTakeFirst();
  expect(device).toEqual({ purged_at: server.time.now, unsent: 0 });
});

/** A phone on its turf, and how it knocks at the first door. */
async function makeWalker(code: string) {
  const phone = makePhone();
  expect(await phone.join(code)).toMatchObject({ ok: true });
  expect(await phone.engine.fetchPacket()).toBeNull();
  const { doors, sheet } = await untilWalk(phone.watch, () => true);
  const [door] = doors;
  if (door === undefined) throw new Error('an empty turf');
  const context = { turfId: sheet.turf.id, scriptVersionId: null };
  const knock = () =>
    phone.recorder.recordFact('knock', resultKnock({ id: door.door.id }, 'not-home'), context);
  return { ...phone, knock };
}

test('what a phone kept sealed comes back to a chapter that lost it', async () => {
  const db = await server.makeChapter('oakdale');
  await makeTown(db, 'Oak');
  const { code } = await makeWalk(server, db);
  const phone = await makeWalker(await code());
  await phone.knock();
  await phone.engine.syncNow();
  await phone.engine.syncNow();
  expect(await phone.outbox.listAll()).toMatchObject([{ state: 'kept', body: '' }]);
  const readOps = () => db.read.selectFrom('ops').select(['op_id', 'body']).execute();
  const before = await readOps();
  await db.write(async (trx) => {
    await trx.deleteFrom('ops').execute();
    await trx.updateTable('clock').set({ seq: 0 }).execute();
    await trx.updateTable('device_epochs').set({ have: '[]' }).execute();
    await trx.updateTable('chapter').set({ incarnation: 'after the restore' }).execute();
  });
  await phone.engine.syncNow();
  await phone.engine.syncNow();
  expect(await readOps()).toEqual(before);
  expect(await phone.outbox.listAll()).toMatchObject([
    { state: 'kept', result: { status: 'applied', repeat: false } },
  ]);
});

test('a rescue file of one phone is handed in by another and arrives once', async () => {
  const db = await server.makeChapter('oakdale');
  await makeTown(db, 'Oak');
  const { code } = await makeWalk(server, db);
  const [silent, helping] = [await makeWalker(await code()), await makeWalker(await code())];
  await silent.knock();
  await silent.knock();
  const text = await makeRescueText(silent.ports);
  if (!text.ok) throw new Error(text.problem.code);
  expect(await takeRescueText(helping.ports, text.value)).toEqual({ ok: true, value: 2 });
  await helping.engine.syncNow();
  await helping.engine.syncNow();
  const [carried] = await helping.outbox.listCarried();
  expect(carried?.results).toMatchObject([{ status: 'applied' }, { status: 'applied' }]);
  await silent.engine.syncNow();
  const all = await silent.outbox.listAll();
  expect(all.map((op) => op.result)).toMatchObject([{ repeat: true }, { repeat: true }]);
  const count = await db.read
    .selectFrom('ops')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  expect(count.n).toBe(2);
});

test('at the end of a shift the phone counts what the server counts', async () => {
  const db = await server.makeChapter('oakdale');
  await makeTown(db, 'Oak');
  const { code } = await makeWalk(server, db);
  const phone = await makeWalker(await code());
  const since = phone.ports.clock.now() - 1000;
  for (let i = 0; i < 3; i++) await phone.knock();
  await phone.engine.syncNow();
  await phone.engine.syncNow();
  await phone.knock();
  const early = await readShift(phone.ports, since);
  expect(early).toMatchObject({ unsent: 1, own: { knocks: 4 }, server: { totals: { knocks: 3 } } });
  await phone.engine.syncNow();
  const slip = await readShift(phone.ports, since);
  expect(slip?.server?.totals).toEqual(slip?.own);
  expect(slip).toMatchObject({ unsent: 0, own: { facts: 4, doors: 1, knocks: 4, contacts: 0 } });
});

test('a door that was found under two names is one on the slip of the phone and of the chapter', async () => {
  const db = await server.makeChapter('oakdale');
  await makeTown(db, 'Oak');
  const { code } = await makeWalk(server, db);
  const [one, two] = [await makeWalker(await code()), await makeWalker(await code())];
  const sheet = await one.packets.readPacket();
  const [home] = sheet?.doors ?? [];
  if (sheet === null || home === undefined) throw new Error('an empty turf');
  const context = { turfId: sheet.turf.id, scriptVersionId: null };
  const find = async ({ recorder, ports }: typeof one, unit: string): Promise<DoorId> => {
    const id = makeId<DoorId>(server.time.now, ports.random);
    const payload = { doorId: id, buildingId: home.buildingId, unit, floor: null };
    await recorder.recordFact('door', payload, context);
    return id;
  };
  const knockAt = (id: DoorId) =>
    one.recorder.recordFact('knock', resultKnock({ id }, 'not-home'), context);
  const since = one.ports.clock.now() - 1000;
  const theirs = await find(two, 'Apt 4B');
  await two.engine.syncNow();
  await knockAt(await find(one, '4 b'));
  await one.engine.syncNow();
  await knockAt(theirs);
  // As this phone knows it by itself, and then as the chapter does.
  const early = await readShift({ ...one.ports, transport: NO_SIGNAL }, since);
  expect(early).toMatchObject({ own: { facts: 3, doors: 1, knocks: 2 }, server: null });
  await one.engine.syncNow();
  const slip = await readShift(one.ports, since);
  expect(slip?.server?.totals).toEqual(slip?.own);
  expect(slip?.own).toMatchObject({ facts: 3, doors: 1, knocks: 2 });
});

test('a turf that was taken and never came to the phone owes no receipt for ever', async () => {
  const db = await server.makeChapter('oakdale');
  await makeTown(db, 'Oak');
  const { code, universe } = await makeWalk(server, db, 1);
  const lead = await server.staff(db, 'admin');
  const wish = { universeId: universe.id, name: 'Side St', outline: around(2, 3) };
  const { id } = await call<Turf>(server, lead, 'POST', '/v1/turfs', wish);
  await call(server, lead, 'POST', `/v1/turfs/${id}/publish`);
  const other = await call<LaunchCode>(server, lead, 'POST', `/v1/turfs/${id}/launch`);
  const phone = makePhone();
  expect(await phone.join(await code())).toMatchObject({ ok: true });
  server.time.now += 60_000;
  expect(await phone.join(other.code)).toMatchObject({ ok: true });
  const deviceId = (await phone.outbox.readIdentity())?.deviceId;
  const listed = async () =>
    (await listPhones(db, server.time.now)).find((one) => one.deviceId === deviceId);
  expect(await listed()).toMatchObject({ turfs: [{ id }], ended: [{ purgedAt: null }] });
  server.time.now += 60_000;
  expect(await phone.engine.fetchPacket()).toBeNull();
  await phone.engine.syncNow();
  expect(await listed()).toMatchObject({
    turfs: [{ id }],
    ended: [{ name: 'Main St', purgedAt: server.time.now }],
    purgedAt: null,
  });
  expect(await phone.outbox.readHead()).toMatchObject({ receipt: null });
});
