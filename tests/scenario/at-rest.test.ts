import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { expect, test } from 'vitest';
import { type Id, makeId } from '#shared/kernel/ids.ts';
import { seededBytes, seededDice } from '#shared/kernel/random.ts';
import type { Packet } from '#shared/model/packet.ts';
import {
  guardByNothing,
  guardByPasskey,
  guardByPin,
  unlockByPasskey,
  unlockByPin,
} from '../../client/lock/guard-phone.ts';
import { LockDisk } from '../../client/lock/lock-disk.ts';
import { Vault } from '../../client/lock/vault.ts';
import { MOST_TRIES } from '../../client/lock/wrong-tries.ts';
import { DexieOutbox } from '../../client/store/dexie-outbox.ts';
import { DexiePackets } from '../../client/store/dexie-packets.ts';
import type { Identity } from '../../client/store/outbox-store.ts';
import { makeRecorder } from '../../client/store/record-fact.ts';
import { makeEngine } from '../../client/sync/engine.ts';
import { makeRescueText } from '../../client/sync/rescue.ts';
import { FakeServer } from './fake-server.ts';
import { START } from './make-chapter.ts';
import { hashText, resultKnock } from './make-operation.ts';
import { makePacket } from './make-packet.ts';
import { plainSeal, plainSigner } from './plain-crypto.ts';
import { scanIdb } from './scan-idb.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const PIN = '482915';
const random = seededBytes(seededDice(11));
const id = <K extends Id<string>>(): K => makeId<K>(START, random);
const chapter = { id: id<Identity['chapter']['id']>(), slug: 'oak', name: 'Oak', timeZone: 'UTC' };
const member = { id: id<Identity['member']['id']>(), name: 'Kim', role: 'canvasser' as const };

/** Words that stand for everything that somebody else must not read on a phone. */
const NAME = 'Zephyrine';
const STREET = 'Quagmire';
const NOTE = 'asked about the boiler';
const DRAFT = 'half a sentence';
const SECRETS = [NAME, STREET, NOTE, DRAFT, 'not-home', '"payload"'];

const bare = makePacket(random, START, chapter);
const doorAt = (at: number) => {
  const door = bare.doors[at];
  if (door === undefined) throw new Error('an empty turf');
  return door;
};
const first = doorAt(0);
const second = doorAt(1);
const packet: Packet = {
  ...bare,
  heldUntil: START + 60 * DAY,
  buildings: [
    {
      id: first.buildingId,
      number: '12',
      street: `${STREET} Street`,
      city: 'Larkfield',
      zip: '01234',
      lon: null,
      lat: null,
      precinct: null,
    },
  ],
  people: [
    {
      id: id(),
      kind: 'voter',
      doorId: first.id,
      firstName: NAME,
      lastName: 'Ray',
      age: null,
      party: null,
      sex: null,
      phone: null,
      target: true,
      doNotContact: false,
    },
  ],
};

/** A browser whose IndexedDB stays while the app is started again and again. */
function makeBrowser(server: FakeServer) {
  const source = { indexedDB: new IDBFactory(), IDBKeyRange };
  const time = { wall: START, elapsed: 0 };
  const clock = { now: () => time.wall, elapsed: () => time.elapsed, offset: () => 0 };

  function start(guarded = true) {
    const vault = new Vault(new LockDisk(source));
    const keys = guarded ? vault : null;
    const outbox = new DexieOutbox(() => 'epoch', source, undefined, keys);
    const packets = new DexiePackets(source, undefined, keys);
    const ports = {
      outbox,
      packets,
      transport: { send: (request: Parameters<FakeServer['send']>[0]) => server.send(request) },
      clock,
      timers: { after: () => () => {} },
      lock: {
        guard: async () => {
          await vault.ready();
          return vault.read().guard;
        },
        clear: () => vault.clear(),
      },
      random,
      roll: () => 0.5,
      signer: plainSigner,
      seal: plainSeal,
      hash: hashText,
    };
    const engine = makeEngine(ports, { idleMs: HOUR, tell: () => {} });
    const recorder = makeRecorder({ ...ports, seal: plainSeal });
    const knock = async (): Promise<string> => {
      const context = { turfId: packet.turf.id, scriptVersionId: null };
      const said = { ...resultKnock(first, 'not-home'), note: NOTE };
      const saved = await recorder.recordFact('knock', said, context);
      if (!saved.ok) throw new Error(saved.problem.code);
      return saved.value.opId;
    };
    return { vault, outbox, packets, engine, knock, ports };
  }

  async function join() {
    const phone = start();
    await phone.outbox.putIdentity({
      deviceId: id(),
      deviceToken: 'token',
      chapter,
      member,
      keys: { publicKey: 'p', privateKey: 'k' },
      registered: true,
      grantUntil: START,
      chapterKey: packet.chapterKey,
    });
    expect(await phone.engine.fetchPacket()).toBeNull();
    return phone;
  }

  const pass = (ms: number): void => {
    time.wall += ms;
    time.elapsed += ms;
    server.now += ms;
  };
  const scan = (): Promise<string> => scanIdb(source.indexedDB);
  return { start, join, pass, time, scan, source };
}

async function expectNothing(scan: () => Promise<string>): Promise<void> {
  const text = await scan();
  expect(SECRETS.filter((secret) => text.includes(secret))).toEqual([]);
  expect(text.length).toBeGreaterThan(100);
}

/** Joined, guarded by a PIN, two knocks that no server has, and a draft; then the app is closed. */
async function makeWalked() {
  const server = new FakeServer(packet, START);
  const browser = makeBrowser(server);
  const phone = await browser.join();
  await guardByPin(phone.vault, PIN);
  server.online = false;
  const opIds = [await phone.knock(), await phone.knock()];
  await phone.packets.putDraft(second.id, { note: DRAFT });
  return { ...browser, server, phone, opIds };
}

test('nothing of list, knocks and drafts lies readable on the disk, not even while it is open', async () => {
  const { phone, scan } = await makeWalked();
  await expectNothing(scan);
  expect((await phone.packets.readPacket())?.people[0]?.firstName).toBe(NAME);
  const [op] = await phone.outbox.listUnsent();
  expect(op?.body).toContain(NOTE);
  expect(op?.doorId).toBe(first.id);
  expect(await phone.packets.readDraft(second.id)).toEqual({ note: DRAFT });
});

test('locked, the unsent knocks are sent all the same, sealed, and once; opened, all is back', async () => {
  const { start, server, opIds, scan } = await makeWalked();
  const phone = start();
  expect(await phone.packets.readPacket()).toBeNull();
  expect((await phone.outbox.listUnsent()).map((op) => op.body)).toEqual(['', '']);
  expect(await phone.packets.readDraft(second.id)).toBeUndefined();
  server.online = true;
  await phone.engine.syncNow();
  expect([...server.ops.keys()]).toEqual(opIds);
  const sent = server.pushes.flatMap((push) => push.kept ?? []);
  expect(sent.map((op) => op.opId)).toEqual(opIds);
  // What they said is still on the screen of whoever opens it, before the log has brought it back.
  await expectNothing(scan);
  expect((await phone.outbox.listAll()).map((op) => op.state)).toEqual(['acked', 'acked']);
  expect(await unlockByPin(phone.vault, PIN, START)).toEqual({ is: 'open' });
  expect((await phone.outbox.listAll()).every((op) => op.body.includes(NOTE))).toBe(true);
  expect(await phone.packets.readDraft(second.id)).toEqual({ note: DRAFT });
  await phone.engine.syncNow();
  expect((await phone.packets.readRows()).map((row) => row.opId)).toEqual(opIds);
  expect((await phone.outbox.listAll()).map((op) => op.state)).toEqual(['kept', 'kept']);
  await expectNothing(scan);
  expect(server.ops.size).toBe(2);
});

test('sent in the open without an answer, then locked: it arrives sealed and is there once', async () => {
  const { server, phone, opIds, start } = await makeWalked();
  server.online = true;
  const send = server.send.bind(server);
  // The server takes it; the word of it is lost on the way.
  server.send = async (request) => {
    const reply = await send(request);
    return request.path === '/v1/push' ? { kind: 'unreachable' } : reply;
  };
  await phone.engine.syncNow();
  expect([...server.ops.keys()]).toEqual(opIds);
  server.send = send;
  const again = start();
  await again.engine.syncNow();
  expect([...server.ops.keys()]).toEqual(opIds);
  expect(await again.outbox.listUnsent()).toEqual([]);
});

test('ten wrong PINs: list, key and reading are gone, and the knocks arrive exactly once', async () => {
  const { start, server, opIds, scan } = await makeWalked();
  const phone = start();
  await phone.vault.ready();
  for (let i = 1; i <= MOST_TRIES; i++) {
    const is = await unlockByPin(phone.vault, '000000', START + i * HOUR);
    expect(is.is).toBe(i < MOST_TRIES ? 'wrong' : 'spent');
  }
  // The key is destroyed at once, before the core comes to it.
  expect(await phone.vault.disk.readTurf()).toBeNull();
  await expectNothing(scan);
  await phone.engine.syncNow();
  expect(await phone.packets.readHold()).toBeNull();
  expect((await phone.outbox.readHead()).ended?.why).toBe('spent');
  expect(await phone.outbox.listUnsent()).toHaveLength(2);
  await expectNothing(scan);
  server.online = true;
  const again = start();
  await again.engine.syncNow();
  await again.engine.syncNow();
  expect([...server.ops.keys()]).toEqual(opIds);
  expect(await again.outbox.listUnsent()).toEqual([]);
  // Nobody who guessed gets the list again from the chapter.
  expect(server.asked.filter((path) => path === '/v1/packet')).toHaveLength(1);
  expect(await again.packets.readPacket()).toBeNull();
  expect((await again.outbox.readIdentity())?.keys).toBeNull();
  expect(server.receipts.at(-1)?.wiped).toBe(true);
});

test('closed right after the tenth wrong PIN, the next start ends what was begun', async () => {
  const { start, server, scan } = await makeWalked();
  const phone = start();
  await phone.vault.ready();
  for (let i = 1; i <= MOST_TRIES; i++) {
    await unlockByPin(phone.vault, '000000', START + i * HOUR);
  }
  server.online = true;
  const again = start();
  await again.engine.syncNow();
  expect((await again.outbox.readHead()).ended?.why).toBe('spent');
  expect(await again.packets.readHold()).toBeNull();
  expect(server.asked.filter((path) => path === '/v1/packet')).toHaveLength(1);
  expect(server.ops.size).toBe(2);
  await expectNothing(scan);
});

test('without a guard what was half written is noise after a reload, and comes back with the list', async () => {
  const draftKey = Buffer.alloc(32, 7).toString('base64url');
  const server = new FakeServer({ ...packet, draftKey }, START);
  const { join, start, scan } = makeBrowser(server);
  const phone = await join();
  await guardByNothing(phone.vault);
  await phone.packets.putDraft(second.id, { note: 'one letter' });
  await phone.packets.putDraft(second.id, { note: DRAFT });
  await expectNothing(scan);
  // As a browser does that has no memory left, in the middle of a talk and without signal.
  server.online = false;
  const again = start();
  await again.engine.syncNow();
  expect(await again.packets.readPacket()).toBeNull();
  expect(await again.packets.readDraft(second.id)).toBeUndefined();
  await expectNothing(scan);
  expect(await scan()).not.toContain(draftKey);
  server.online = true;
  await again.engine.syncNow();
  expect(await again.packets.readDraft(second.id)).toEqual({ note: DRAFT });
  expect(await again.packets.countDrafts()).toBe(1);
  await again.packets.dropDraft(second.id);
  expect(await again.packets.countDrafts()).toBe(0);
});

test('what was half written before drafts had a key of their own is read, and written behind it', async () => {
  const server = new FakeServer(packet, START);
  const { join, scan } = makeBrowser(server);
  const phone = await join();
  await guardByNothing(phone.vault);
  await phone.packets.putDraft(second.id, { note: DRAFT });
  await phone.packets.putPacket({ ...packet, draftKey: Buffer.alloc(32, 7).toString('base64url') });
  expect(await phone.packets.readDraft(second.id)).toEqual({ note: DRAFT });
  await phone.packets.putDraft(second.id, { note: DRAFT, language: 'es' });
  expect(await phone.packets.countDrafts()).toBe(1);
  expect(await phone.packets.readDraft(second.id)).toEqual({ note: DRAFT, language: 'es' });
  await expectNothing(scan);
});

for (const [guard, hours] of [
  ['pin', 72],
  ['passkey', 14 * 24],
] as const) {
  test(`without a word of the chapter for ${hours} hours the key behind a ${guard} is destroyed`, async () => {
    const server = new FakeServer(packet, START);
    const { join, start, pass, scan } = makeBrowser(server);
    const answer = { credentialId: new Uint8Array(4), output: new Uint8Array(32).fill(9) };
    const open = () => Promise.resolve(answer);
    const phone = await join();
    if (guard === 'pin') await guardByPin(phone.vault, PIN);
    else await guardByPasskey(phone.vault, open);
    server.online = false;
    const opId = await phone.knock();
    pass((hours - 1) * HOUR);
    await phone.engine.syncNow();
    expect(await phone.packets.readPacket()).not.toBeNull();
    pass(2 * HOUR);
    const late = start();
    await late.engine.syncNow();
    expect((await late.outbox.readHead()).ended?.why).toBe('unheard');
    expect(await late.vault.disk.readTurf()).toBeNull();
    expect(await late.packets.readHold()).toBeNull();
    await expectNothing(scan);
    // With signal the knock goes, and the list comes back to whoever opens the lock.
    server.online = true;
    await late.engine.syncNow();
    expect([...server.ops.keys()]).toEqual([opId]);
    expect(await late.packets.readPacket()).toBeNull();
    if (guard === 'pin') await unlockByPin(late.vault, PIN, START);
    else expect(await unlockByPasskey(late.vault, open)).toBe(true);
    await late.engine.syncNow();
    expect((await late.packets.readPacket())?.people[0]?.firstName).toBe(NAME);
    await expectNothing(scan);
  });
}

test('a phone that is revoked while it is locked hears it and purges', async () => {
  const { start, server, opIds, scan } = await makeWalked();
  const phone = start();
  server.online = true;
  server.standing = 'revoked';
  await phone.engine.syncNow();
  expect(await phone.packets.readHold()).toBeNull();
  expect([...server.ops.keys()]).toEqual(opIds);
  expect(server.receipts.at(-1)).toMatchObject({ wiped: true, unsent: 0 });
  expect((await phone.vault.disk.readStart()).guard).toBeNull();
  await expectNothing(scan);
});

test('who leaves the phone leaves nothing to read, and what was unsent still arrives once', async () => {
  const { phone, start, server, opIds, scan } = await makeWalked();
  await phone.engine.leavePhone();
  await phone.packets.remove();
  await phone.vault.remove();
  await expectNothing(scan);
  expect(await phone.outbox.listUnsent()).toHaveLength(2);
  server.online = true;
  const again = start();
  await again.engine.syncNow();
  expect([...server.ops.keys()]).toEqual(opIds);
  expect(server.asked.filter((path) => path === '/v1/packet')).toHaveLength(1);
  expect((await again.outbox.readIdentity())?.keys).toBeNull();
  await expectNothing(scan);
});

test('a list without a guard is noise after a start, comes anew with signal, and no knock is lost', async () => {
  const server = new FakeServer(packet, START);
  const { join, start, scan } = makeBrowser(server);
  const phone = await join();
  await guardByNothing(phone.vault);
  server.online = false;
  const opId = await phone.knock();
  await expectNothing(scan);
  const again = start();
  expect(await again.packets.readPacket()).toBeNull();
  expect(await again.packets.readAccess()).toBe('lost');
  server.online = true;
  await again.engine.syncNow();
  expect((await again.packets.readPacket())?.people[0]?.firstName).toBe(NAME);
  expect([...server.ops.keys()]).toEqual([opId]);
  expect(await again.outbox.listUnsent()).toEqual([]);
  await expectNothing(scan);
});

test('nobody without the PIN gets a new list by bending the phone’s cursor', async () => {
  const { start, server } = await makeWalked();
  server.online = true;
  server.refusesCursors = true;
  const phone = start();
  await phone.engine.syncNow();
  expect(server.asked.filter((path) => path === '/v1/packet')).toHaveLength(1);
  await phone.packets.purge();
  await phone.engine.syncNow();
  expect(server.asked.filter((path) => path === '/v1/packet')).toHaveLength(1);
});

test('an outbox that is copied to another browser says nothing there, and its PIN opens nothing', async () => {
  const { source, scan } = await makeWalked();
  await expectNothing(scan);
  const thief = { indexedDB: source.indexedDB, IDBKeyRange };
  // What a script can copy: everything but keys that the browser gives to nobody.
  const disk = new LockDisk(thief);
  const { guard } = await disk.readStart();
  const turf = await disk.readTurf();
  if (guard === null || turf === null) throw new Error('nothing to copy');
  const other = new LockDisk({ indexedDB: new IDBFactory(), IDBKeyRange });
  await other.putGuard(guard, turf);
  const vault = new Vault(other);
  await vault.ready();
  expect(await unlockByPin(vault, PIN, START)).toMatchObject({ is: 'wrong' });
  expect(await vault.find()).toBeNull();
});

test('what the version before left open stays in use until the person chooses, then is covered', async () => {
  const server = new FakeServer(packet, START);
  const { join, start, scan } = makeBrowser(server);
  const fresh = await join();
  const identity = await fresh.outbox.readIdentity();
  await fresh.packets.remove();
  await fresh.vault.remove();
  if (identity === null) throw new Error('nobody');

  // As the second version wrote it: everything readable, unsent facts not sealed.
  const old = start(false);
  await old.outbox.putIdentity(identity);
  await old.packets.putPacket({ ...packet, cursor: 'first-0' });
  await old.packets.putDraft(second.id, { note: DRAFT });
  await old.outbox.changeIdentity(identity.deviceId, () => ({ chapterKey: undefined }));
  const opId = await old.knock();
  expect(await scan()).toContain(NOTE);
  old.outbox.close();
  old.packets.close();

  server.online = false;
  const now = start();
  expect((await now.packets.readPacket())?.people[0]?.firstName).toBe(NAME);
  expect((await now.outbox.listUnsent()).map((op) => op.body.includes(NOTE))).toEqual([true]);
  await guardByPin(now.vault, PIN);
  await now.packets.cover();
  await now.outbox.changeIdentity(identity.deviceId, () => ({ chapterKey: packet.chapterKey }));
  await now.engine.syncNow();
  await expectNothing(scan);
  expect((await now.outbox.listUnsent()).map((op) => op.body.includes(NOTE))).toEqual([true]);
  server.online = true;
  server.held.add(opId);
  await now.engine.syncNow();
  await expectNothing(scan);
  expect(await now.packets.readDraft(second.id)).toEqual({ note: DRAFT });
  expect((await now.packets.readPacket())?.people[0]?.firstName).toBe(NAME);
  expect([...server.ops.keys()]).toEqual([opId]);
  expect((await now.outbox.listAll()).map((op) => op.body.includes(NOTE))).toEqual([true]);
});

test('unsent facts of the version before are covered unsent, and keep number, hash and place', async () => {
  const server = new FakeServer(packet, START);
  const { join, start, scan } = makeBrowser(server);
  const phone = await join();
  await guardByPin(phone.vault, PIN);
  server.online = false;
  const old = start(false);
  await old.knock();
  const [before] = await old.outbox.listUnsent();
  expect(await scan()).toContain(NOTE);
  const bare = await phone.outbox.listBare();
  expect(bare).toHaveLength(1);
  const sealed = await plainSeal(bare[0]?.body ?? '', packet.chapterKey);
  await phone.outbox.coverBare([{ opId: bare[0]?.opId ?? '', sealed }]);
  await expectNothing(scan);
  const [after] = await phone.outbox.listUnsent();
  if (before === undefined) throw new Error('it was not kept');
  const { opId, sha256, localSeq, body, state, doorId } = before;
  expect(after).toMatchObject({
    opId,
    sha256,
    localSeq,
    body,
    state,
    doorId,
    copy: packet.turf.id,
  });
  // A phone that is locked when it comes to it keeps them sealed alone.
  await old.knock();
  phone.vault.lock();
  const [later] = await phone.outbox.listBare();
  await phone.outbox.coverBare([
    { opId: later?.opId ?? '', sealed: await plainSeal(later?.body ?? '', packet.chapterKey) },
  ]);
  await expectNothing(scan);
  server.online = true;
  await phone.engine.syncNow();
  expect(server.ops.size).toBe(2);
});

test('a rescue file can be made while the phone is locked, and holds every knock', async () => {
  const { start, opIds } = await makeWalked();
  const text = await makeRescueText(start().ports);
  if (!text.ok) throw new Error(text.problem.code);
  const file = JSON.parse(text.value) as { ops: { opId: string }[] };
  expect(file.ops.map((op) => op.opId)).toEqual(opIds);
  expect(SECRETS.filter((secret) => text.value.includes(secret))).toEqual([]);
});
