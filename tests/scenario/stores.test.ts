import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { describe, expect, test } from 'vitest';
import {
  type DoorId,
  type Id,
  makeId,
  type OpId,
  type ShiftId,
  type TurfId,
} from '#shared/kernel/ids.ts';
import { seededBytes, seededDice } from '#shared/kernel/random.ts';
import { applyPull } from '#shared/sync/apply-pull.ts';
import type { OpResult, RescueFile } from '#shared/sync/protocol.ts';
import { DexieOutbox } from '../../client/store/dexie-outbox.ts';
import { OUTBOX_NAME } from '../../client/store/outbox-db.ts';
import { DexiePackets } from '../../client/store/dexie-packets.ts';
import type { Identity, OutboxOp, OutboxStore } from '../../client/store/outbox-store.ts';
import type { PacketStore } from '../../client/store/packet-store.ts';
import { makeRecorder, type Recorder } from '../../client/store/record-fact.ts';
import { webSigner } from '../../client/sync/signer.ts';
import { START } from './make-chapter.ts';
import { makePacket } from './make-packet.ts';
import { plainSeal } from './plain-crypto.ts';
import { hashText, resultKnock } from './make-operation.ts';
import { makeOutboxDisk, MemoryOutbox } from './sim/memory-outbox.ts';
import { makePacketDisk, MemoryPackets } from './sim/memory-packets.ts';

// Dexie watches nothing where it thinks there is no IndexedDB.
Dexie.dependencies.indexedDB = new IDBFactory();
Dexie.dependencies.IDBKeyRange = IDBKeyRange;

const random = seededBytes(seededDice(5));
const id = <K extends Id<string>>(): K => makeId<K>(START, random);
const clock = { now: () => START, offset: () => -240 };
const steady = {
  transact: <T>(_: string, work: () => T): Promise<T> => Promise.resolve().then(work),
};

interface Stores {
  readonly outbox: OutboxStore;
  readonly packets: PacketStore;
}

/** One phone's disk, opened as often as asked: each time is a tab, or a start of the app. */
const KINDS: readonly (readonly [string, () => () => Stores])[] = [
  [
    'memory',
    () => {
      const disk = { ...makeOutboxDisk('epoch'), ...makePacketDisk() };
      return () => ({
        outbox: new MemoryOutbox(disk, steady),
        packets: new MemoryPackets(disk, steady),
      });
    },
  ],
  [
    'IndexedDB',
    () => {
      const source = { indexedDB: new IDBFactory(), IDBKeyRange };
      return () => ({
        outbox: new DexieOutbox(() => 'epoch', source),
        packets: new DexiePackets(source),
      });
    },
  ],
];

const chapter = { id: id<Identity['chapter']['id']>(), slug: 'lark', name: 'L', timeZone: 'UTC' };

function makeIdentity(): Identity {
  const member = { id: id<Identity['member']['id']>(), name: 'Kim', role: 'canvasser' as const };
  return { deviceId: id(), deviceToken: 'token', chapter, member };
}

function recorderOf({ outbox, packets }: Stores): Recorder {
  return makeRecorder({ outbox, packets, clock, random, hash: hashText, seal: plainSeal });
}

const door = { id: id<DoorId>() };
const context = { turfId: id<TurfId>(), scriptVersionId: null };
const knock = (recorder: Recorder) =>
  recorder.recordFact('knock', resultKnock(door, 'not-home'), context);

const applied = (op: OutboxOp, seq: number): OpResult => ({
  opId: op.opId,
  status: 'applied',
  seq,
  repeat: false,
});

describe.each(KINDS)('the stores in %s', (_, makeDevice) => {
  test('a saved fact is there after a restart, numbered and unsent', async () => {
    const open = makeDevice();
    const first = open();
    await first.outbox.putIdentity(makeIdentity());
    const [a, b] = [await knock(recorderOf(first)), await knock(recorderOf(first))];
    expect([a.ok, b.ok]).toEqual([true, true]);
    const again = open();
    const unsent = await again.outbox.listUnsent();
    expect(unsent.map((op) => op.localSeq)).toEqual([1, 2]);
    expect((await again.outbox.readHead()).nextSeq).toBe(3);
    expect((await again.outbox.readHead()).dbEpoch).toBe('epoch');
  });

  test('two tabs that save at once share one row of numbers and lose nothing', async () => {
    const open = makeDevice();
    const [one, two] = [open(), open()];
    await one.outbox.putIdentity(makeIdentity());
    const recorders = [recorderOf(one), recorderOf(two)];
    const ends = await Promise.all(
      Array.from({ length: 20 }, (_, i) => knock(recorders[i % 2] as Recorder)),
    );
    expect(ends.filter((end) => !end.ok)).toEqual([]);
    const all = await one.outbox.listAll();
    expect(all.map((op) => op.localSeq)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    const stamps = all.map((op) => (JSON.parse(op.body) as { hlc: string }).hlc);
    expect([...stamps].sort()).toEqual(stamps);
    expect(new Set(stamps).size).toBe(20);
  });

  test('what was read ahead of a fact is of no harm when another tab was faster', async () => {
    const open = makeDevice();
    const [one, two] = [open(), open()];
    await one.outbox.putIdentity(makeIdentity());
    const recorder = recorderOf(one);
    await recorder.prepare();
    await knock(recorderOf(two));
    expect((await knock(recorder)).ok).toBe(true);
    await recorder.prepare();
    const other = makeIdentity();
    await two.outbox.putIdentity(other);
    recorder.forget();
    expect((await knock(recorder)).ok).toBe(true);
    const all = await one.outbox.listAll();
    expect(all.map((op) => op.localSeq)).toEqual([1, 2, 3]);
    expect(all.at(-1)?.deviceId).toBe(other.deviceId);
  });

  test('the same operation twice is there once, with its first bytes', async () => {
    const { outbox, packets } = makeDevice()();
    await outbox.putIdentity(makeIdentity());
    await knock(recorderOf({ outbox, packets }));
    const [op] = await outbox.listAll();
    if (op === undefined) throw new Error('nothing saved');
    expect(await outbox.append({ ...op, body: 'other' }, '0'.repeat(12) + '-0000')).toBe('saved');
    expect((await outbox.listAll()).map((each) => each.body)).toEqual([op.body]);
    const next = { ...op, opId: id<OpId>() };
    expect(await outbox.append(next, '0'.repeat(12) + '-0000')).toBe('moved');
    expect(await outbox.listAll()).toHaveLength(1);
  });

  test('an acknowledged fact is kept with its result, and a second result changes nothing', async () => {
    const { outbox, packets } = makeDevice()();
    await outbox.putIdentity(makeIdentity());
    await knock(recorderOf({ outbox, packets }));
    const [op] = await outbox.listUnsent();
    if (op === undefined) throw new Error('nothing saved');
    await outbox.settle([applied(op, 7)], START);
    await outbox.settle([applied(op, 9), { ...applied(op, 1), opId: 'unknown' }], START + 1);
    expect(await outbox.listUnsent()).toEqual([]);
    const kept = await outbox.listAll();
    expect(kept).toEqual([{ ...op, state: 'acked', result: applied(op, 7), settledAt: START }]);
  });

  test('nothing is saved for nobody, and that is said', async () => {
    const { outbox, packets } = makeDevice()();
    const end = await knock(recorderOf({ outbox, packets }));
    expect(end).toMatchObject({ ok: false, problem: { code: 'not-signed-in' } });
    expect(await outbox.listAll()).toEqual([]);
  });

  test('a new identity keeps the old one, whose facts still go out under its name', async () => {
    const { outbox, packets } = makeDevice()();
    const [old, next] = [makeIdentity(), makeIdentity()];
    await outbox.putIdentity(old);
    await knock(recorderOf({ outbox, packets }));
    await outbox.putIdentity(next);
    await knock(recorderOf({ outbox, packets }));
    expect((await outbox.readIdentity())?.deviceId).toBe(next.deviceId);
    expect(new Set((await outbox.readIdentities()).map((each) => each.deviceId))).toEqual(
      new Set([old.deviceId, next.deviceId]),
    );
    const authors = (await outbox.listUnsent()).map((op) => op.deviceId);
    expect(authors).toEqual([old.deviceId, next.deviceId]);
  });

  test('what the server taught is kept for the next start', async () => {
    const open = makeDevice();
    const identity = makeIdentity();
    await open().outbox.putIdentity(identity);
    const contact = { clockOffsetMs: -5, incarnation: 'i', serverMs: START };
    await open().outbox.noteContact({ ...contact, deviceId: identity.deviceId });
    expect(await open().outbox.readHead()).toMatchObject(contact);
  });

  test('a page moves the cursor only from where it was asked', async () => {
    const packet = makePacket(random, START, chapter);
    const { packets } = makeDevice()();
    await packets.putPacket(packet);
    expect(await packets.readCursor()).toBe(packet.cursor);
    const change = { seq: 1, opId: id<OpId>(), body: '{"unreadable":' };
    const page = applyPull([change], 'next');
    expect(await packets.putPage(page, 'elsewhere')).toBe('moved');
    expect(await packets.readRows()).toEqual([]);
    expect(await packets.putPage(page, packet.cursor)).toBe('written');
    expect(await packets.putPage(page, packet.cursor)).toBe('written');
    expect((await packets.readRows()).map((row) => row.body)).toEqual([change.body]);
    expect(await packets.readCursor()).toBe('next');
  });

  test('a new packet replaces rows and cursor, and drafts of its doors stay', async () => {
    const packet = makePacket(random, START, chapter);
    const open = makeDevice();
    const { packets } = open();
    await packets.putPacket(packet);
    const [inside] = packet.doors;
    if (inside === undefined) throw new Error('an empty turf');
    await packets.putDraft(inside.id, { note: 'half a wor' });
    await packets.putDraft(door.id, { note: 'of another turf' });
    await packets.noteSynced(START);
    await packets.putPage(applyPull([{ seq: 1, opId: id(), body: '{}' }], 'x'), packet.cursor);
    await packets.putPacket({ ...packet, cursor: 'anew' });
    const again = open().packets;
    expect(await again.readRows()).toEqual([]);
    expect(await again.readCursor()).toBe('anew');
    expect((await again.readPacket())?.turf.id).toBe(packet.turf.id);
    expect(await again.readDraft(inside.id)).toEqual({ note: 'half a wor' });
    expect(await again.readDraft(door.id)).toBeUndefined();
    expect(await again.readLastSyncedAt()).toBe(START);
    await again.dropDraft(inside.id);
    expect(await again.countDrafts()).toBe(0);
  });

  test('whoever watches hears of every fact, also of another tab', async () => {
    const open = makeDevice();
    const { outbox, packets } = open();
    await outbox.putIdentity(makeIdentity());
    const heard: number[] = [];
    const two = new Promise<void>((resolve) => {
      outbox.watchUnsent((unsent) => {
        heard.push(unsent);
        if (unsent === 2) resolve();
      });
    });
    await knock(recorderOf({ outbox, packets }));
    await knock(recorderOf({ outbox, packets }));
    await two;
    expect(heard.at(-1)).toBe(2);
  });

  test('a held fact may be decided later, and a restored server hears of everything settled', async () => {
    const open = makeDevice();
    const { outbox, packets } = open();
    const identity = makeIdentity();
    await outbox.putIdentity(identity);
    for (let i = 0; i < 4; i++) await knock(recorderOf({ outbox, packets }));
    const [a, b, c, d] = await outbox.listUnsent();
    if (!a || !b || !c || !d) throw new Error('nothing saved');
    const contact = { clockOffsetMs: 0, serverMs: START, deviceId: identity.deviceId };
    await outbox.noteContact({ ...contact, incarnation: 'first' });
    const held: OpResult = { opId: b.opId, status: 'held', reason: 'scope', repeat: false };
    await outbox.settle([applied(a, 1), held, applied(c, 2)], START);
    await outbox.settle([{ ...held, repeat: true, decided: 'accepted' }], START + 5);
    await outbox.putSealed([
      { opId: a.opId, sealed: 'AAAA' },
      { opId: b.opId, sealed: 'BBBB' },
      { opId: d.opId, sealed: 'never' },
    ]);
    const states = async () =>
      (await outbox.listAll()).map((op) => [op.state, op.body === '', op.sealed]);
    const before = [
      ['kept', true, 'AAAA'],
      ['held', true, 'BBBB'],
      ['acked', false, undefined],
      ['unsent', false, undefined],
    ];
    expect(await states()).toEqual(before);
    const [, second] = await outbox.listAll();
    expect(second?.result).toMatchObject({ reason: 'scope', decided: 'accepted' });
    await outbox.noteContact({ ...contact, incarnation: 'first' });
    expect(await states()).toEqual(before);
    await open().outbox.noteContact({ ...contact, incarnation: 'second' });
    expect((await states()).map(([state]) => state)).toEqual(['again', 'again', 'again', 'unsent']);
    expect((await outbox.listIn(['again'])).map((op) => op.localSeq)).toEqual([1, 2, 3]);
    await outbox.settle([applied(a, 7), applied(b, 8), applied(c, 9)], START + 9);
    expect((await states()).map(([state]) => state)).toEqual(['kept', 'kept', 'acked', 'unsent']);
    expect((await outbox.readIdentity())?.incarnation).toBe('second');
  });

  test('only what was settled long ago is dropped, and what is to be sent again is not', async () => {
    const { outbox, packets } = makeDevice()();
    await outbox.putIdentity(makeIdentity());
    for (let i = 0; i < 4; i++) await knock(recorderOf({ outbox, packets }));
    const [a, b, c] = await outbox.listUnsent();
    if (!a || !b || !c) throw new Error('nothing saved');
    await outbox.settle([applied(a, 1), applied(b, 2)], START);
    await outbox.settle([applied(c, 3)], START + 1000);
    await outbox.markAgain([b.opId, 'unknown']);
    await outbox.dropSettled(START + 1500, 1000);
    const left = (await outbox.listAll()).map((op) => [op.localSeq, op.state]);
    expect(left).toEqual([
      [2, 'again'],
      [3, 'acked'],
      [4, 'unsent'],
    ]);
  });

  test('notes of the head and an identity are changed as they are, and a join forgets what ended', async () => {
    const open = makeDevice();
    const { outbox } = open();
    const identity = makeIdentity();
    await outbox.putIdentity(identity);
    const add = () => outbox.changeHead(({ mismatches }) => ({ mismatches: mismatches + 1 }));
    await Promise.all([add(), add(), add()]);
    const receipt = { deviceId: identity.deviceId, turfIds: ['turf'] };
    const ended = { why: 'revoked' as const, turfName: 'Turf 1', at: START };
    await outbox.changeHead(() => ({ receipt, ended }));
    expect(await open().outbox.readHead()).toMatchObject({ mismatches: 3, receipt, ended });
    const changed = await outbox.changeIdentity(identity.deviceId, () => ({ chapterKey: 'key' }));
    expect(changed).toEqual({ ...identity, chapterKey: 'key' });
    expect(await open().outbox.readIdentity()).toEqual(changed);
    expect(await outbox.changeIdentity(id(), () => ({ chapterKey: 'x' }))).toBeNull();
    await outbox.putIdentity(identity);
    expect(await outbox.readHead()).toMatchObject({ receipt, ended: null });
  });

  test('another phone’s file is there once, until its results are', async () => {
    const open = makeDevice();
    const file: RescueFile = {
      format: 'homeground-rescue',
      v: 1,
      chapterId: chapter.id,
      deviceId: 'other',
      dbEpoch: 'epoch',
      maxLocalSeq: 1,
      savedAt: START,
      ops: [{ opId: 'op', sha256: 'x', sealed: 'y' }],
      signature: 's',
    };
    const waits = { key: 's', file, results: null };
    const list = () => open().outbox.listCarried();
    await open().outbox.putCarried(waits);
    await open().outbox.putCarried({ ...waits, file: { ...file, savedAt: START + 1 } });
    await open().outbox.settleCarried('unknown', [], START);
    expect(await list()).toEqual([waits]);
    await open().outbox.settleCarried('s', [], START);
    expect(await list()).toEqual([{ key: 's', file, results: [], settledAt: START }]);
    // Somebody brings the same file again: perhaps the chapter has lost what it said it had.
    await open().outbox.putCarried(waits);
    expect(await list()).toEqual([waits]);
    await open().outbox.settleCarried('s', [], START);
    // The facts stay as long as a backup may be old, for a chapter that was restored from one.
    await open().outbox.dropSettled(START + 1000, 1000);
    const identity = makeIdentity();
    await open().outbox.putIdentity({ ...identity, incarnation: 'one' });
    const heard = { deviceId: identity.deviceId, clockOffsetMs: 0, serverMs: START };
    await open().outbox.noteContact({ ...heard, incarnation: 'one' });
    expect(await list()).toEqual([{ key: 's', file, results: [], settledAt: START }]);
    await open().outbox.noteContact({ ...heard, incarnation: 'two' });
    expect(await list()).toEqual([waits]);
    await open().outbox.dropSettled(START + 2000, 1000);
    expect(await list()).toEqual([waits]);
    await open().outbox.settleCarried('s', [], START);
    await open().outbox.dropSettled(START + 1001, 1000);
    const bare = { key: 's', file: { ...file, ops: [] }, results: [], settledAt: START };
    expect(await list()).toEqual([bare]);
    await open().outbox.noteContact({ ...heard, incarnation: 'three' });
    expect(await list()).toEqual([bare]);
    expect((await open().outbox.readHead()).nextSeq).toBe(1);
  });

  test('other shifts that a pull brought are shown with the same packet, and what one said of them stays', async () => {
    const open = makeDevice();
    const { packets } = open();
    const packet = makePacket(random, START, chapter);
    const sunday = {
      id: id<ShiftId>(),
      name: 'Sunday',
      place: '',
      startsAt: START,
      endsAt: START + 1,
    };
    await packets.putShifts({ mark: 'none', shifts: [sunday] });
    expect(await packets.readHold()).toBeNull();
    const shifts = [{ ...sunday, coming: true }];
    await packets.putPacket({ ...packet, shifts, shiftsMark: 'one' });
    expect((await packets.readHold())?.shifts).toBe('one');
    const moved = { ...sunday, place: 'Union hall' };
    const monday = { ...sunday, id: id<ShiftId>(), name: 'Monday' };
    await packets.putShifts({ mark: 'two', shifts: [moved, monday] });
    const again = open().packets;
    expect((await again.readHold())?.shifts).toBe('two');
    expect(await again.readPacket()).toMatchObject({
      shifts: [
        { ...moved, coming: true },
        { ...monday, coming: null },
      ],
      shiftsMark: 'two',
      cursor: packet.cursor,
    });
  });

  test('a purge leaves neither packet nor rows nor drafts', async () => {
    const open = makeDevice();
    const { packets } = open();
    const packet = makePacket(random, START, chapter);
    await packets.putPacket(packet);
    const change = { seq: 1, opId: id<OpId>(), body: '{}' };
    await packets.putPage(applyPull([change], 'next'), packet.cursor);
    await packets.putDraft(packet.doors[0]?.id ?? door.id, 'half');
    expect(await packets.findRows([change.opId, 'unknown'])).toEqual(new Set([change.opId]));
    expect(await packets.readHold()).toMatchObject({ version: 1, until: packet.heldUntil });
    await packets.noteHold(START);
    expect((await open().packets.readHold())?.until).toBe(START);
    await packets.purge();
    const again = open().packets;
    expect([await again.readPacket(), await again.readHold(), await again.readCursor()]).toEqual([
      null,
      null,
      null,
    ]);
    expect([await again.readRows(), await again.countDrafts()]).toEqual([[], 0]);
  });
});

test('a phone’s key is kept whole in IndexedDB, signs after a restart, and is given to nobody', async () => {
  const source = { indexedDB: new IDBFactory(), IDBKeyRange };
  const identity = { ...makeIdentity(), keys: await webSigner.makeKeys() };
  await new DexieOutbox(() => 'epoch', source).putIdentity(identity);
  const kept = (await new DexieOutbox(() => 'epoch', source).readIdentity())?.keys;
  if (!kept || !(kept.privateKey instanceof CryptoKey)) throw new Error('no key');
  expect(kept.privateKey.extractable).toBe(false);
  await expect(crypto.subtle.exportKey('pkcs8', kept.privateKey)).rejects.toThrow();
  const bytes = (text: string) => Buffer.from(text, 'base64url');
  const curve = { name: 'ECDSA', namedCurve: 'P-256' };
  const point = await crypto.subtle.importKey('raw', bytes(kept.publicKey), curve, true, [
    'verify',
  ]);
  const signature = bytes(await webSigner.sign(kept, 'a challenge'));
  const how = { name: 'ECDSA', hash: 'SHA-256' };
  const text = Buffer.from('a challenge');
  expect(await crypto.subtle.verify(how, point, signature, text)).toBe(true);
});

test('a database that the browser closed is opened again and the fact is saved', async () => {
  const source = { indexedDB: new IDBFactory(), IDBKeyRange };
  const outbox = new DexieOutbox(() => 'epoch', source);
  const packets = new DexiePackets(source);
  await outbox.putIdentity(makeIdentity());
  outbox.close();
  const end = await knock(recorderOf({ outbox, packets }));
  expect(end.ok).toBe(true);
  expect(await new DexieOutbox(() => 'other', source).listUnsent()).toHaveLength(1);
});

test('a phone that cannot write says so, and saves the next fact when it can again', async () => {
  const source = { indexedDB: new IDBFactory(), IDBKeyRange };
  const outbox = new DexieOutbox(() => 'epoch', source);
  const packets = new DexiePackets(source);
  await outbox.putIdentity(makeIdentity());
  let full = true;
  const failing = new Proxy(outbox, {
    get: (target, name) => {
      if (name === 'append' && full)
        return () => Promise.reject(new DOMException('', 'QuotaExceededError'));
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
  const recorder = recorderOf({ outbox: failing, packets });
  expect(await knock(recorder)).toMatchObject({ ok: false, problem: { code: 'not-saved' } });
  full = false;
  expect((await knock(recorder)).ok).toBe(true);
  expect((await outbox.listAll()).map((op) => op.localSeq)).toEqual([1]);
});

test('an outbox of a later version is opened as it is, never upgraded', async () => {
  const source = { indexedDB: new IDBFactory(), IDBKeyRange };
  await new DexieOutbox(() => 'epoch', source).readHead();
  const [database] = await source.indexedDB.databases();
  // Dexie counts in tens: this is version 1, for ever.
  expect(database).toEqual({ name: OUTBOX_NAME, version: 10 });
});
