import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { expect, test, vi } from 'vitest';
import { Database, type DatabaseShape } from './database.ts';
import type { Table } from './table.ts';

interface Knock {
  readonly id: string;
  readonly nth: number;
  readonly tags: readonly string[];
}
interface Tables {
  readonly knocks: Table<Knock>;
  readonly notes: Table<{ readonly name: string }>;
}
const SHAPE: DatabaseShape<Tables> = {
  name: 'walk',
  version: 10,
  tables: { knocks: { key: 'id', by: ['nth'], byEach: ['tags'] }, notes: { key: 'name' } },
};
const knock = (nth: number, ...tags: string[]): Knock => ({ id: `k${nth}`, nth, tags });

function makeDisk() {
  const source = { indexedDB: new IDBFactory(), IDBKeyRange };
  const open = (shape = SHAPE) => new Database<Tables>(shape, source);
  const all = (db: Database<Tables>) => db.read(['knocks'], ({ knocks }) => knocks.allBy('nth'));
  return { source, open, all };
}

test('rows are found by key, index and list, and the last ones in the order of an index', async () => {
  const db = makeDisk().open();
  const rows = [knock(3), knock(1, 'a', 'b'), knock(2, 'b'), knock(4, 'c')];
  await db.write(['knocks'], ({ knocks }) => knocks.putMany(rows));
  await db.read(['knocks'], async ({ knocks }) => {
    expect(await knocks.getMany(['k2', 'none'])).toEqual([knock(2, 'b'), undefined]);
    expect(await knocks.where('nth', 3)).toEqual([knock(3)]);
    expect((await knocks.whereAny('nth', [4, 1, 9])).map(({ nth }) => nth)).toEqual([4, 1]);
    expect(await knocks.countWhere('tags', 'b')).toBe(2);
    expect(await knocks.countWhere(null, 'k4')).toBe(1);
    expect((await knocks.last())?.id).toBe('k4');
    for (const [most, nths] of [
      [1, [4]],
      [2, [3, 4]],
      [4, [1, 2, 3, 4]],
      [9, [1, 2, 3, 4]],
    ] as const) {
      expect((await knocks.lastBy('nth', most)).map(({ nth }) => nth)).toEqual(nths);
    }
  });
  await db.write(['knocks'], ({ knocks }) => knocks.deleteMany(['k1', 'none']));
  expect(await db.read(['knocks'], ({ knocks }) => knocks.keys())).toEqual(['k2', 'k3', 'k4']);
  await db.write(['knocks'], ({ knocks }) => knocks.clear());
  expect(await db.read(['knocks'], async ({ knocks }) => [await knocks.last()])).toEqual([
    undefined,
  ]);
  expect(await db.read(['knocks'], ({ knocks }) => knocks.lastBy('nth', 2))).toEqual([]);
});

test('of what fails nothing is written, and nobody hears of it', async () => {
  const { open, all } = makeDisk();
  const db = open();
  await db.write(['knocks'], ({ knocks }) => knocks.add(knock(1)));
  const heard: number[] = [];
  const stop = db.watch(
    ['knocks'],
    () => all(db),
    (rows) => heard.push(rows.length),
  );
  await vi.waitFor(() => expect(heard).toEqual([1]));
  const fails = db.write(['knocks', 'notes'], async ({ knocks, notes }) => {
    await Promise.all([knocks.put(knock(2)), notes.put({ name: 'n' })]);
    throw new Error('thought better of it');
  });
  await expect(fails).rejects.toThrow('thought better');
  const twice = db.write(['knocks'], ({ knocks }) =>
    Promise.all([knocks.add(knock(3)), knocks.add(knock(1))]),
  );
  await expect(twice).rejects.toMatchObject({ name: 'ConstraintError' });
  expect(await all(db)).toEqual([knock(1)]);
  expect(heard).toEqual([1]);
  stop();
});

test('whoever watches hears of the tables that were asked for, also from another tab, until it stops', async () => {
  const { open, all } = makeDisk();
  const [one, two] = [open(), open()];
  const heard: number[] = [];
  const stop = one.watch(
    ['knocks'],
    () => all(one),
    (rows) => heard.push(rows.length),
  );
  await vi.waitFor(() => expect(heard).toEqual([0]));
  await two.write(['knocks', 'notes'], ({ notes }) => notes.put({ name: 'n' }));
  await two.write(['knocks'], ({ knocks }) => knocks.put(knock(1)));
  await vi.waitFor(() => expect(heard).toEqual([0, 1]));
  await Promise.all([2, 3, 4].map((nth) => two.write(['knocks'], (t) => t.knocks.put(knock(nth)))));
  await vi.waitFor(() => expect(heard.at(-1)).toBe(4));
  stop();
  await two.write(['knocks'], ({ knocks }) => knocks.clear());
  expect(await all(one)).toEqual([]);
  expect(heard.at(-1)).toBe(4);
});

test('it lets go where another tab makes it newer or deletes it, and opens it again at the next use', async () => {
  const { open, all } = makeDisk();
  const [old, newer] = [open(), open({ ...SHAPE, version: 20 })];
  await old.write(['knocks'], ({ knocks }) => knocks.put(knock(1)));
  expect(await all(newer)).toEqual([knock(1)]);
  // The earlier version of the app takes it as it is.
  expect(await all(old)).toEqual([knock(1)]);
  await newer.remove();
  expect(await all(old)).toEqual([]);
});

test('what an earlier version left is there, with what it lacks made and its rows turned over', async () => {
  const { source, open, all } = makeDisk();
  // The library that phones began with.
  const before = new Dexie('walk', source);
  before.version(1).stores({ knocks: 'id, nth' });
  await before.table('knocks').bulkPut([knock(2, 'b'), knock(1, 'a')]);
  const watched = open({
    ...SHAPE,
    version: 20,
    upgrade: async ({ knocks }) => knocks.delete('k1'),
  });
  expect(await all(watched)).toEqual([knock(2, 'b')]);
  expect(await watched.read(['knocks'], ({ knocks }) => knocks.countWhere('tags', 'b'))).toBe(1);
  expect((await source.indexedDB.databases())[0]).toEqual({ name: 'walk', version: 20 });
  before.close();
});
