import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb';
import { afterEach, expect, test, vi } from 'vitest';
import { type Id, makeId } from '#shared/kernel/ids.ts';
import { seededBytes, seededDice } from '#shared/kernel/random.ts';
import { dropBallast, holdBallast } from '../../client/store/ballast.ts';
import { DexieOutbox } from '../../client/store/dexie-outbox.ts';
import { DexiePackets } from '../../client/store/dexie-packets.ts';
import { makeRoomMaker } from '../../client/store/make-room.ts';
import type { MakeRoom } from '../../client/store/on-open-database.ts';
import { makeRecorder } from '../../client/store/record-fact.ts';
import { START } from './make-chapter.ts';
import { hashText, resultKnock } from './make-operation.ts';
import { makePacket } from './make-packet.ts';
import { plainSeal } from './plain-crypto.ts';

Dexie.dependencies.indexedDB = new IDBFactory();
Dexie.dependencies.IDBKeyRange = IDBKeyRange;

const random = seededBytes(seededDice(6));
const id = <K extends Id<string>>(): K => makeId<K>(START, random);
const clock = { now: () => START, offset: () => 0 };
const chapter = { id: id(), slug: 'oak', name: 'Oak', timeZone: 'UTC' } as const;
const packet = makePacket(random, START, chapter as never);
const streets = { type: 'FeatureCollection', features: [{ type: 'Feature' }] };
const withStreets = { ...packet, map: { ...packet.map, streets } } as never as typeof packet;

async function makePhone(makeRoom?: MakeRoom) {
  const indexedDB = new IDBFactory();
  const source = { indexedDB, IDBKeyRange };
  const packets = new DexiePackets(source);
  const outbox = new DexieOutbox(() => 'epoch', source, makeRoom);
  const member = { id: id(), name: 'Kim', role: 'canvasser' } as const;
  await outbox.putIdentity({ deviceId: id(), deviceToken: 't', chapter, member } as never);
  await packets.putPacket(withStreets);
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
  const context = { turfId: packet.turf.id, scriptVersionId: null };
  const knock = () => recorder.recordFact('knock', resultKnock(door, 'not-home'), context);
  return { indexedDB, source, outbox, packets, knock };
}

afterEach(() => vi.restoreAllMocks());

/** The next so many writes of an operation fail like this, in the middle of their transaction. */
function failWrites(times: number, fail: (store: IDBObjectStore) => void): () => number {
  let failed = 0;
  // What `add` does, but for keys that are there already, and no operation's is here.
  vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (
    this: IDBObjectStore,
    value,
  ) {
    const request = this.put(value);
    if (this.name !== 'ops' || failed >= times) return request;
    failed += 1;
    fail(this);
    return request;
  });
  return () => failed;
}

test('a connection that WebKit drops in the middle of a write is reopened, and the fact is there once', async () => {
  const phone = await makePhone();
  const failed = failWrites(1, ({ transaction }) => {
    transaction.abort();
    transaction.db.close();
  });
  expect((await phone.knock()).ok).toBe(true);
  expect(failed()).toBe(1);
  const again = new DexieOutbox(() => 'other', phone.source);
  expect((await again.listAll()).map((op) => op.localSeq)).toEqual([1]);
  expect((await phone.knock()).ok).toBe(true);
  expect((await again.listAll()).map((op) => op.localSeq)).toEqual([1, 2]);
});

test('a write that was kept although its connection died is not written twice', async () => {
  const phone = await makePhone();
  const append = phone.outbox.append.bind(phone.outbox);
  let first = true;
  vi.spyOn(phone.outbox, 'append').mockImplementation(async (op, stamp) => {
    if (first) {
      first = false;
      await append(op, stamp);
      phone.outbox.close();
    }
    return append(op, stamp);
  });
  expect((await phone.knock()).ok).toBe(true);
  expect(await phone.outbox.listAll()).toHaveLength(1);
});

test('a connection that dies twice is told: not saved, and nothing is there', async () => {
  const phone = await makePhone();
  failWrites(2, ({ transaction }) => transaction.abort());
  expect(await phone.knock()).toMatchObject({ ok: false, problem: { code: 'not-saved' } });
  expect(await phone.outbox.listAll()).toEqual([]);
  expect((await phone.knock()).ok).toBe(true);
});

const full = (): never => {
  throw new DOMException('', 'QuotaExceededError');
};

test('a full disk gives up the ballast, then the streets, and the fact is saved', async () => {
  const given: string[] = [];
  const phone = await makePhone(
    makeRoomMaker([
      async () => {
        const freed = await dropBallast(phone.indexedDB);
        if (freed) given.push('ballast');
        return freed;
      },
      async () => {
        const freed = await phone.packets.dropMap();
        if (freed) given.push('streets');
        return freed;
      },
    ]),
  );
  const plenty = () => Promise.resolve({ quota: 1e9, usage: 0 });
  await holdBallast(phone.indexedDB, plenty);
  await holdBallast(phone.indexedDB, plenty);
  failWrites(2, full);
  expect((await phone.knock()).ok).toBe(true);
  expect(given).toEqual(['ballast', 'streets']);
  expect((await phone.packets.readPacket())?.map.streets.features).toEqual([]);
  expect(await phone.outbox.listAll()).toHaveLength(1);
  vi.restoreAllMocks();
  failWrites(1, full);
  expect(await phone.knock()).toMatchObject({ ok: false, problem: { code: 'not-saved' } });
  expect(await phone.outbox.listAll()).toHaveLength(1);
});

test('no ballast is taken in where room is short, and none is dropped that is not there', async () => {
  const indexedDB = new IDBFactory();
  await holdBallast(indexedDB, () => Promise.resolve({ quota: 60e6, usage: 30e6 }));
  await holdBallast(indexedDB, () => Promise.resolve({}));
  expect(await indexedDB.databases()).toEqual([]);
  expect(await dropBallast(indexedDB)).toBe(false);
  expect(await indexedDB.databases()).toEqual([]);
});
