import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { IdleSqlite } from './idle-sqlite.ts';

const MINUTE = 60_000;
let dir = '';
let idle: IdleSqlite;
let closed = 0;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  dir = mkdtempSync(join(tmpdir(), 'homeground-idle-'));
  idle = new IdleSqlite(join(dir, 'chapter.db'), { readOnly: false, idleMs: 5 * MINUTE });
  closed = 0;
  idle.whenClosed(() => (closed += 1));
});

afterEach(() => {
  idle.close();
  vi.useRealTimers();
  rmSync(dir, { recursive: true, force: true });
});

function ask(): void {
  expect(idle.take().prepare('select 1 as one').get()).toEqual({ one: 1 });
  idle.rest();
}

test('who looks in once, and once more ten minutes later, leaves nothing open', () => {
  for (let round = 1; round <= 3; round++) {
    ask();
    vi.advanceTimersByTime(3000);
    expect(closed).toBe(round);
    vi.advanceTimersByTime(10 * MINUTE);
  }
});

test('whom people come back to stays open for five minutes after the last of them', () => {
  for (let second = 0; second < 60; second++) {
    ask();
    vi.advanceTimersByTime(1000);
  }
  expect(closed).toBe(0);
  vi.advanceTimersByTime(4.9 * MINUTE);
  ask();
  vi.advanceTimersByTime(4.9 * MINUTE);
  expect(closed).toBe(0);
  vi.advanceTimersByTime(0.2 * MINUTE);
  expect(closed).toBe(1);
});

test('whoever still has it finds it open, however long that takes', () => {
  const sqlite = idle.take();
  ask();
  vi.advanceTimersByTime(20 * MINUTE);
  expect(closed).toBe(0);
  expect(sqlite.prepare('select 1 as one').get()).toEqual({ one: 1 });
  idle.rest();
  vi.advanceTimersByTime(6 * MINUTE);
  expect(closed).toBe(1);
});

test('who looks through forty chapters has few of them open, and never shuts one in use', () => {
  const inUse = idle.take();
  const open = new Set<IdleSqlite>();
  const all = Array.from({ length: 40 }, (_, i) => {
    const one = new IdleSqlite(join(dir, `${i}.db`), { readOnly: false, idleMs: 5 * MINUTE });
    one.whenClosed(() => open.delete(one));
    return one;
  });
  for (const one of all) {
    one.take();
    open.add(one);
    one.rest();
    expect(open.size).toBeLessThanOrEqual(16);
  }
  expect(open).toEqual(new Set(all.slice(-16)));
  expect(inUse.prepare('select 1 as one').get()).toEqual({ one: 1 });
  idle.rest();
  for (const one of all) one.close();
});
