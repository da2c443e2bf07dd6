import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { seededBytes, seededDice } from '#shared/kernel/random.ts';
import type { HandedTurf } from '#shared/model/handed.ts';
import { NOTHING_SEEN, takeFrame, wholeOf } from '#shared/sync/collect-frames.ts';
import { writeBundle } from '#shared/sync/handed-bundle.ts';
import { writeFrames } from '#shared/sync/handed-frames.ts';
import { DexieOutbox } from '../../client/store/dexie-outbox.ts';
import { DexiePackets } from '../../client/store/dexie-packets.ts';
import { makeRecorder } from '../../client/store/record-fact.ts';
import { sealText } from '../../client/store/seal-text.ts';
import { makeEngine } from '../../client/sync/engine.ts';
import { openBox, shutBox } from '../../client/sync/handed-box.ts';
import { giveTurf } from '../../client/sync/handed-give.ts';
import { takeTurf } from '../../client/sync/handed-take.ts';
import type { Request } from '../../client/sync/ports.ts';
import { makeRescueText } from '../../client/sync/rescue.ts';
import { webSigner } from '../../client/sync/signer.ts';
import { fetchTransport } from '../../client/sync/transport.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { makeApp, type TestApp } from '../api/make-app.ts';
import { makeTown } from '../api/make-town.ts';
import { call, makeWalk, type Walk } from '../api/make-walk.ts';
import { hashText, resultKnock } from './make-operation.ts';

// Dexie watches nothing where it thinks there is no IndexedDB.
Dexie.dependencies.indexedDB = new IDBFactory();
Dexie.dependencies.IDBKeyRange = IDBKeyRange;

let server: TestApp;
let db: ChapterDb;
let walk: Walk;
let base: string;
let seed = 0;

beforeEach(async () => {
  server = await makeApp();
  await server.app.listen({ port: 0, host: '127.0.0.1' });
  base = `http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}`;
  db = await server.makeChapter('oakdale');
  await makeTown(db, 'Oak');
  walk = await makeWalk(server, db);
});
afterEach(() => server.close());

/** A phone with the real core and no network, until it is told that there is one. */
function makePhone() {
  const source = { indexedDB: new IDBFactory(), IDBKeyRange };
  seed += 1;
  const epoch = `epoch-${seed}`;
  const outbox = new DexieOutbox(() => epoch, source);
  const packets = new DexiePackets(source);
  const random = seededBytes(seededDice(900 + seed));
  const net = { on: false };
  const clock = { now: () => server.time.now, elapsed: () => server.time.now, offset: () => 0 };
  const ports = {
    outbox,
    packets,
    transport: {
      send: (asked: Request) =>
        net.on
          ? fetchTransport.send({ ...asked, path: base + asked.path })
          : Promise.resolve({ kind: 'unreachable' as const }),
    },
    clock,
    timers: { after: () => () => {} },
    random,
    roll: () => 0.5,
    signer: webSigner,
    seal: sealText,
    hash: hashText,
  };
  const engine = makeEngine(ports, { idleMs: 30_000, tell: () => {} });
  const recorder = makeRecorder({ outbox, packets, clock, random, hash: hashText, seal: sealText });
  const witness = { read: () => null, write: () => {} };
  const taking = { ...ports, witness, giveWay: () => engine.leavePhone() };
  const take = async (text: string, name: string, asOther = false): Promise<void> => {
    const taken = await takeTurf(text, { name, asOther }, taking);
    if (!taken.ok) throw new Error(taken.problem.code);
  };
  const knock = async (position: number): Promise<string> => {
    const sheet = await packets.readPacket();
    const door = sheet?.doors.find((one) => one.position === position);
    if (sheet === null || door === undefined) throw new Error('There is no such door.');
    const context = { turfId: sheet.turf.id, scriptVersionId: null };
    const saved = await recorder.recordFact('knock', resultKnock(door, 'not-home'), context);
    if (!saved.ok) throw new Error(saved.problem.code);
    return saved.value.opId;
  };
  const give = async (): Promise<string> => {
    const given = await giveTurf(ports);
    if (!given.ok) throw new Error(given.problem.code);
    return writeBundle(given.value, false);
  };
  const reach = async (): Promise<void> => {
    net.on = true;
    for (let i = 0; i < 3; i++) await engine.syncNow();
  };
  const seen = async (): Promise<string[]> => (await packets.readRows()).map((row) => row.opId);
  return { outbox, packets, engine, ports, net, take, knock, give, reach, seen };
}

async function deskBundle(): Promise<string> {
  const desk = await server.staff(db, 'coordinator');
  const { note, packet } = await call<HandedTurf>(
    server,
    desk,
    'POST',
    `/v1/turfs/${walk.turf.id}/hand`,
  );
  return writeBundle({ note, packet, before: [], facts: null }, false);
}

/** What the log holds of these facts, by whom, once each. */
async function logged(): Promise<{ opId: string; by: string }[]> {
  const rows = await db.read
    .selectFrom('ops')
    .innerJoin('devices', 'devices.key', 'ops.device_key')
    .innerJoin('members', 'members.id', 'devices.member_id')
    .select(['ops.body', 'members.name'])
    .orderBy('ops.seq')
    .execute();
  return rows.map((row) => ({
    opId: (JSON.parse(row.body) as { opId: string }).opId,
    by: row.name,
  }));
}
const countHeld = async (): Promise<number> =>
  (await db.read.selectFrom('held_ops').select('op_id').execute()).length;

test('a turf comes as codes, in any order and with losses, and opens with its letters alone', async () => {
  const text = await deskBundle();
  const box = await shutBox(text, '7k3mq9tx4b');
  const frames = writeFrames(box, Uint8Array.of(1, 2, 3, 4));
  const dice = seededDice(4);
  let shown = NOTHING_SEEN;
  while (wholeOf(shown) === null) {
    if (dice.chance(0.7)) shown = takeFrame(shown, dice.pick(frames));
  }
  const whole = wholeOf(shown);
  expect(whole && (await openBox(whole, '7K3MQ-9TX4C'))).toBeNull();
  expect(whole && (await openBox(whole, '7K3MQ-9TX4B'))).toBe(text);
});

test('a half-walked turf goes on to another phone with no network, and each fact arrives once', async () => {
  const [first, second] = [makePhone(), makePhone()];
  await first.take(await deskBundle(), 'Ada');
  const early = [await first.knock(1), await first.knock(2)];
  await first.engine.syncNow();
  await second.take(await first.give(), 'Ben');
  expect((await second.seen()).toSorted()).toEqual(early.toSorted());
  const late = [await second.knock(3)];
  early.push(await first.knock(4));

  // The second reaches the chapter first: for itself, and with what the first had when they met.
  await second.reach();
  const [one, two] = early;
  const [three] = late;
  expect((await logged()).toSorted((a, b) => (a.opId < b.opId ? -1 : 1))).toEqual(
    [
      { opId: one, by: 'Ada' },
      { opId: two, by: 'Ada' },
      { opId: three, by: 'Ben' },
    ].toSorted((a, b) => ((a.opId ?? '') < (b.opId ?? '') ? -1 : 1)),
  );
  await first.reach();
  await second.reach();
  const all = (await logged()).map(({ opId }) => opId).toSorted();
  expect(new Set(all)).toEqual(new Set([...early, ...late]));
  expect(all).toHaveLength(4);
  expect(await countHeld()).toBe(0);
  for (const phone of [first, second]) {
    expect((await phone.seen()).toSorted()).toEqual(all);
    expect(await phone.outbox.listUnsent()).toEqual([]);
    expect((await phone.outbox.readHead()).mismatches).toBe(0);
    expect((await phone.outbox.readIdentity())?.handed).toBeNull();
  }
  const holders = await db.read.selectFrom('assignments').select('ended_at').execute();
  expect(holders.map((row) => row.ended_at)).toEqual([null, null, null]);
});

test('a turf that came as codes has no map, and gets it with the first signal', async () => {
  const { outline } = walk.turf;
  const [lon = 0, lat = 0] = outline.type === 'Polygon' ? (outline.coordinates[0]?.[0] ?? []) : [];
  const line = {
    type: 'LineString',
    coordinates: [
      [lon, lat],
      [lon + 0.0001, lat + 0.0001],
    ],
  };
  const street = { type: 'Feature', properties: { name: 'Oak St' }, geometry: line };
  const geojson = JSON.stringify({ type: 'FeatureCollection', features: [street] });
  await db.write((trx) =>
    trx.insertInto('map_layers').values({ name: 'streets', geojson }).execute(),
  );
  const phone = makePhone();
  await phone.take(await deskBundle(), 'Ada');
  const streets = async () => (await phone.packets.readPacket())?.map.streets.features.length;
  expect(await streets()).toBe(0);
  const own = await phone.knock(1);
  let packets = 0;
  const { send } = phone.ports.transport;
  phone.ports.transport.send = (asked) => {
    if (asked.path === '/v1/packet') packets += 1;
    return send(asked);
  };
  await phone.reach();
  expect(await streets()).toBe(1);
  expect(await phone.seen()).toEqual([own]);
  expect(packets).toBe(1);
});

test('what two phones did by one note is all there: of one at once, of the other once somebody looked', async () => {
  const bundle = await deskBundle();
  const [one, two] = [makePhone(), makePhone()];
  await one.take(bundle, 'Ada');
  await two.take(bundle, 'Ben');
  const [own, other] = [await one.knock(1), await two.knock(2)];
  await one.reach();
  await two.reach();
  expect(await logged()).toEqual([{ opId: own, by: 'Ada' }]);
  expect((await two.outbox.listIn(['held'])).map((op) => op.opId)).toEqual([other]);
  // It keeps no list that it may not have.
  expect(await two.packets.readHold()).toBeNull();
  const desk = await server.staff(db, 'coordinator');
  const held = await db.read.selectFrom('held_ops').select('key').executeTakeFirstOrThrow();
  await call(server, desk, 'POST', `/v1/held/${held.key}/accept`);
  expect(await logged()).toEqual([
    { opId: own, by: 'Ada' },
    { opId: other, by: 'Ben' },
  ]);
});

test('the file of a phone that the chapter has never heard of brings its claim and its facts', async () => {
  const phone = makePhone();
  await phone.take(await deskBundle(), 'Ada');
  const own = await phone.knock(1);
  const file = await makeRescueText(phone.ports);
  if (!file.ok) throw new Error(file.problem.code);
  const desk = await server.staff(db, 'coordinator');
  const brought = await call(server, desk, 'POST', '/v1/rescue', JSON.parse(file.value) as object);
  expect(brought).toMatchObject({ results: [{ opId: own, status: 'applied' }] });
  await phone.reach();
  expect(await logged()).toEqual([{ opId: own, by: 'Ada' }]);
  expect(await phone.outbox.listUnsent()).toEqual([]);
});

test('an answer that never came, and one who walks already, make nobody twice', async () => {
  const phone = makePhone();
  await phone.take(await deskBundle(), 'Ada');
  const opIds = [await phone.knock(1)];
  phone.net.on = true;
  const { send } = phone.ports.transport;
  let lost = 0;
  phone.ports.transport.send = async (asked) => {
    const answer = await send(asked);
    if (asked.path !== '/v1/handed' || lost > 0) return answer;
    lost += 1;
    return { kind: 'timeout' };
  };
  await phone.reach();
  // The same person takes another turf of this desk: it is the same phone.
  phone.net.on = false;
  await phone.take(await deskBundle(), 'Ada');
  opIds.push(await phone.knock(2));
  await phone.reach();
  expect(lost).toBe(1);
  expect(await logged()).toEqual(opIds.map((opId) => ({ opId, by: 'Ada' })));
  const phones = await db.read.selectFrom('devices').select('key').execute();
  // And that of the table.
  expect(phones).toHaveLength(2);
});

test('a claim that a server in trouble cannot take holds back nobody else on that phone', async () => {
  const phone = makePhone();
  await phone.take(await deskBundle(), 'Ada');
  await phone.reach();
  phone.net.on = false;
  const ada = await phone.knock(1);
  await phone.take(await deskBundle(), 'Ben', true);
  const ben = await phone.knock(2);
  phone.net.on = true;
  const { send } = phone.ports.transport;
  let claims = 0;
  phone.ports.transport.send = (asked) => {
    if (asked.path !== '/v1/handed') return send(asked);
    claims += 1;
    const busy = {
      kind: 'answer',
      status: 503,
      json: false,
      text: '',
      retryAfterMs: null,
    } as const;
    return Promise.resolve(busy);
  };
  await phone.engine.syncNow();
  expect(await logged()).toEqual([{ opId: ada, by: 'Ada' }]);
  expect((await phone.outbox.listUnsent()).map(({ opId }) => opId)).toEqual([ben]);
  // It is asked for once, and again when its time has come.
  expect(claims).toBe(1);
  phone.ports.transport.send = send;
  await phone.reach();
  expect(await logged()).toEqual([
    { opId: ada, by: 'Ada' },
    { opId: ben, by: 'Ben' },
  ]);
  expect((await phone.outbox.readIdentities()).map(({ handed }) => handed)).toEqual([null, null]);
});

test('whoever has the phone now is heard though the claim of the one before is not taken', async () => {
  const phone = makePhone();
  await phone.take(await deskBundle(), 'Ada');
  const ada = await phone.knock(1);
  const desk = await deskBundle();
  phone.net.on = true;
  const { send } = phone.ports.transport;
  const lost = (await phone.outbox.readIdentity())?.deviceId ?? '';
  phone.ports.transport.send = (asked) =>
    asked.path === '/v1/handed' && asked.body?.includes(lost) === true
      ? Promise.resolve({
          kind: 'answer',
          status: 503,
          json: false,
          text: '',
          retryAfterMs: 90_000,
        })
      : send(asked);
  await phone.take(desk, 'Ben', true);
  const ben = await phone.knock(2);
  await phone.reach();
  expect(await logged()).toEqual([{ opId: ben, by: 'Ben' }]);
  expect(await phone.packets.readHold()).not.toBeNull();
  phone.ports.transport.send = send;
  await phone.reach();
  expect((await logged()).map(({ opId }) => opId).toSorted()).toEqual([ada, ben].toSorted());
});

test('a phone that takes turf after turf with no network says all of it, however many', async () => {
  const phone = makePhone();
  const opIds: string[] = [];
  for (let n = 0; n < 7; n++) {
    await phone.take(await deskBundle(), 'Ada');
    if (n % 3 === 0) opIds.push(await phone.knock(n + 1));
  }
  const file = await makeRescueText(phone.ports);
  if (!file.ok) throw new Error(file.problem.code);
  const desk = await server.staff(db, 'coordinator');
  const { claims } = JSON.parse(file.value) as { claims: object[] };
  expect(claims).toHaveLength(7);
  await phone.reach();
  expect(await logged()).toEqual(opIds.map((opId) => ({ opId, by: 'Ada' })));
  expect(await phone.outbox.listUnsent()).toEqual([]);
  expect((await phone.outbox.readIdentity())?.handed).toBeNull();
  const brought = await call(server, desk, 'POST', '/v1/rescue', JSON.parse(file.value) as object);
  expect(brought).toMatchObject({ results: opIds.map((opId) => ({ opId, status: 'applied' })) });
});
