import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { expect, test } from 'vitest';
import type { OpId, TurfId } from '#shared/kernel/ids.ts';
import type { Packet } from '#shared/model/packet.ts';
import type { LogRow } from '#shared/sync/apply-pull.ts';
import { importTurfKey, type TurfKey } from '../lock/turf-key.ts';
import type { TurfKeys } from '../lock/vault.ts';
import { DexiePackets } from './dexie-packets.ts';
import { PACKET_NAME } from './packet-db.ts';
import type { RowBox } from './row-boxes.ts';

const TURF = 'turf' as TurfId;
const none = { type: 'FeatureCollection' as const, features: [] };
const map = { streets: none, water: none, parks: none, buildings: none, rail: none };
const change = (nth: number) => ({ seq: nth, opId: `op ${nth}` as OpId, body: `said ${nth}` });
const row = (nth: number, body = `said ${nth}`): LogRow => ({ ...change(nth), doorId: null, body });
const page = (rows: readonly LogRow[], cursor: string) => ({ rows, cursor, seen: null });
const packet = {
  turf: { id: TURF, name: 'Turf 1', version: 1 },
  doors: [],
  map: { ...map, precincts: none },
  history: Array.from({ length: 70 }, (_, at) => change(at + 1)),
  cursor: 'a',
  heldUntil: null,
} as unknown as Packet;

/** A phone whose key can be taken away, and the boxes as they lie on its disk. */
async function makePhone() {
  const source = { indexedDB: new IDBFactory(), IDBKeyRange };
  const made = await importTurfKey(TURF, new Uint8Array(32).fill(7));
  let key: TurfKey | null = made;
  const keys: TurfKeys = {
    find: () => Promise.resolve(key),
    take: () => Promise.resolve(made),
    isLocked: () => Promise.resolve(key === null),
    isUndecided: () => Promise.resolve(false),
    isSpent: () => Promise.resolve(false),
    destroy: () => Promise.resolve(),
    subscribe: () => () => {},
  };
  const open = (): DexiePackets => new DexiePackets(source, undefined, keys);
  const readBoxes = async (): Promise<RowBox[]> => {
    const db = await new Dexie(PACKET_NAME, source).open();
    const boxes = await db.table<RowBox>('boxes').toArray();
    db.close();
    return boxes;
  };
  const setKey = (is: boolean): void => void (key = is ? made : null);
  return { source, open, readBoxes, setKey };
}

test('a row that comes has the last box written again and no other; one that changed counts as last told', async () => {
  const { open, readBoxes } = await makePhone();
  const packets = open();
  await packets.putPacket(packet);
  const before = await readBoxes();
  expect(before.map((box) => box.opIds.length)).toEqual([32, 32, 6]);
  expect(await packets.putPage(page([row(71), { ...row(3, 'changed'), seq: 72 }], 'b'), 'a')).toBe(
    'written',
  );
  const after = await readBoxes();
  expect(after.map((box) => box.opIds.length)).toEqual([32, 32, 8]);
  expect(after.slice(0, 2)).toEqual(before.slice(0, 2));
  const rows = await open().readRows();
  expect(rows).toHaveLength(71);
  expect(rows.at(-1)).toEqual({ ...row(3, 'changed'), seq: 72 });
  expect(await packets.findRows(['op 3', 'op 71', 'op 99'])).toEqual(new Set(['op 3', 'op 71']));
});

test('of two tabs that write at once one starts over, and a locked one writes no cursor', async () => {
  const { open, readBoxes, setKey } = await makePhone();
  const [one, two] = [open(), open()];
  await one.putPacket(packet);
  const ends = [one.putPage(page([row(71)], 'b'), 'a'), two.putPage(page([row(72)], 'c'), 'a')];
  expect((await Promise.all(ends)).sort()).toEqual(['moved', 'written']);
  setKey(false);
  expect(await one.putPage(page([row(73)], 'd'), (await one.readCursor()) ?? '')).toBe('moved');
  expect(await one.readRows()).toEqual([]);
  expect(await one.findRows(['op 1'])).toEqual(new Set(['op 1']));
  expect((await readBoxes()).at(-1)?.opIds).toHaveLength(7);
  setKey(true);
  expect(await one.readRows()).toHaveLength(71);
});

test('a database of before the boxes opens: open rows are read, rows in a box each come anew', async () => {
  for (const rows of [[row(1), row(2)], [{ opId: 'op 1', seq: 1, box: new Uint8Array(40) }]]) {
    const { source, open } = await makePhone();
    const old = new Dexie(PACKET_NAME, source);
    old.version(1).stores({ packet: 'name', rows: 'opId, seq', entries: 'name', drafts: 'doorId' });
    const { history: _history, ...sheet } = packet;
    await old.table('packet').put({ name: 'packet', sheet });
    await old.table('rows').bulkPut(rows);
    await old.table('entries').put({ name: 'cursor', value: 'a' });
    old.close();
    const packets = open();
    const kept = rows.every((one) => 'body' in one);
    expect(await packets.readCursor()).toBe(kept ? 'a' : null);
    expect(await packets.readRows()).toEqual(kept ? rows : []);
    expect((await packets.readPacket())?.turf.id).toBe(TURF);
    await packets.cover();
    expect(await open().readRows()).toEqual(kept ? rows : []);
  }
});
