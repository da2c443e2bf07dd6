import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { OutboxOp } from './outbox-store.ts';
import { type FactSource, OwnFacts } from './own-facts.ts';

const op = (localSeq: number, more: Partial<OutboxOp> = {}): OutboxOp =>
  ({
    opId: `op-${localSeq}`,
    localSeq,
    body: `body ${localSeq}`,
    doorId: 'd',
    state: 'unsent',
    result: null,
    ...more,
  }) as OutboxOp;

function makeDisk(...first: readonly OutboxOp[]) {
  const disk = new Map(first.map((one) => [one.opId, one]));
  const reads: (readonly string[] | null)[] = [];
  let tell: (opIds: readonly string[] | null) => void = () => {};
  let turnKey = (): void => {};
  let broken = false;
  const source: FactSource = {
    read: (opIds) => {
      reads.push(opIds);
      if (broken) return Promise.reject(new Error('closed'));
      // Each reading gives rows of its own, as a database does.
      const rows = [...disk.values()].filter(({ opId }) => opIds?.includes(opId) ?? true);
      return Promise.resolve(structuredClone(rows));
    },
    onWritten: (heard) => {
      tell = heard;
      return () => {
        tell = () => {};
      };
    },
    onKeys: (heard) => {
      turnKey = heard;
      return () => {};
    },
  };
  return {
    source,
    reads,
    write: (...ops: readonly OutboxOp[]) => {
      for (const one of ops) disk.set(one.opId, one);
      tell(ops.map(({ opId }) => opId));
    },
    drop: () => {
      disk.clear();
      tell(null);
    },
    turnKey: () => turnKey(),
    breakDown: (is: boolean) => {
      broken = is;
    },
  };
}

function watch(facts: OwnFacts) {
  const heard: (readonly OutboxOp[])[] = [];
  const stop = facts.watch((ops) => heard.push(ops));
  return { heard, stop, last: () => heard.at(-1)?.map(({ opId, state }) => `${opId} ${state}`) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());
const rest = () => vi.advanceTimersByTimeAsync(5_000);

test('a knock is shown at once, read back once, and not told again', async () => {
  const disk = makeDisk(op(1));
  const facts = new OwnFacts(disk.source);
  const shown = watch(facts);
  await rest();
  disk.write(op(2));
  facts.note(op(2));
  expect(shown.last()).toEqual(['op-1 unsent', 'op-2 unsent']);
  await rest();
  expect(disk.reads).toEqual([null, ['op-2']]);
  expect(shown.heard).toHaveLength(3);
  expect(shown.last()).toEqual(['op-1 unsent', 'op-2 unsent']);
  facts.note(op(2));
  await rest();
  expect(shown.heard).toHaveLength(3);
});

test('what another tab writes is read by its rows, and the other rows stay the same objects', async () => {
  const disk = makeDisk(op(1), op(2));
  const shown = watch(new OwnFacts(disk.source));
  await rest();
  disk.write(op(2, { state: 'acked' }), op(3));
  await rest();
  expect(disk.reads).toEqual([null, ['op-2', 'op-3']]);
  expect(shown.last()).toEqual(['op-1 unsent', 'op-2 acked', 'op-3 unsent']);
  expect(shown.heard[1]?.[0]).toBe(shown.heard[0]?.[0]);
  disk.drop();
  await rest();
  expect(shown.last()).toEqual([]);
});

test('a knock that is written while all is read is there whichever of the two ends first', async () => {
  const disk = makeDisk(op(1));
  const facts = new OwnFacts(disk.source);
  const shown = watch(facts);
  await rest();
  disk.turnKey();
  await vi.advanceTimersByTimeAsync(0);
  disk.write(op(2));
  facts.note(op(2));
  await rest();
  expect(shown.last()).toEqual(['op-1 unsent', 'op-2 unsent']);
});

test('locking has all of it read again, as far as it can be read then', async () => {
  const disk = makeDisk(op(1));
  const facts = new OwnFacts(disk.source);
  const shown = watch(facts);
  await rest();
  disk.write(op(1, { body: '' }));
  disk.turnKey();
  await vi.advanceTimersByTimeAsync(0);
  expect(shown.heard.at(-1)?.map(({ body }) => body)).toEqual(['']);
});

test('what could not be read is read with what is written next', async () => {
  const disk = makeDisk(op(1));
  const shown = watch(new OwnFacts(disk.source));
  disk.breakDown(true);
  await rest();
  expect(shown.heard).toEqual([]);
  disk.breakDown(false);
  disk.write(op(2));
  await rest();
  expect(shown.last()).toEqual(['op-1 unsent', 'op-2 unsent']);
});

test('who comes later is told what is known, and the last to leave lets it go', async () => {
  const disk = makeDisk(op(1));
  const facts = new OwnFacts(disk.source);
  const one = watch(facts);
  await rest();
  const two = watch(facts);
  await rest();
  expect(two.last()).toEqual(['op-1 unsent']);
  expect(disk.reads).toEqual([null]);
  one.stop();
  two.stop();
  disk.write(op(2));
  await rest();
  expect(one.heard).toHaveLength(1);
  const three = watch(facts);
  await rest();
  expect(three.last()).toEqual(['op-1 unsent', 'op-2 unsent']);
});
