import { expect, test } from 'vitest';
import { chooseKept } from './choose-kept.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 22, 18);

const every = (hours: number, days: number): number[] =>
  Array.from({ length: Math.floor((days * 24) / hours) }, (_, i) => NOW - i * hours * HOUR);

test('of two years of hourly backups a day, seven days, five weeks and twelve months stay', () => {
  const times = every(1, 730);
  const kept = [...chooseKept(times, NOW)].sort((a, b) => b - a);
  expect(kept.filter((at) => at > NOW - DAY)).toHaveLength(24);
  const months = new Set(kept.map((at) => new Date(at).toISOString().slice(0, 7)));
  expect(months.size).toBe(12);
  expect(kept.length).toBeLessThanOrEqual(24 + 7 + 5 + 12);
  for (let day = 0; day < 7; day++) {
    const name = new Date(NOW - day * DAY).toISOString().slice(0, 10);
    expect(kept.some((at) => new Date(at).toISOString().startsWith(name))).toBe(true);
  }
});

test('the newest stays however old it is, and alone it is all there is', () => {
  const old = NOW - 3000 * DAY;
  expect([...chooseKept([old], NOW)]).toEqual([old]);
  expect([...chooseKept([], NOW)]).toEqual([]);
});

test('a chapter that was still for a year keeps what it had', () => {
  const before = every(24, 400).map((at) => at - 365 * DAY);
  const kept = chooseKept(before, NOW);
  expect(kept.has(Math.max(...before))).toBe(true);
  expect(kept.size).toBeGreaterThanOrEqual(12);
  expect(kept.size).toBeLessThanOrEqual(7 + 5 + 12);
});

test('what was kept once and is pruned again and again still reaches back a year', () => {
  let kept: number[] = [];
  for (let day = 400; day >= 0; day--) {
    const now = NOW - day * DAY;
    kept = [...chooseKept([...kept, now], now)];
  }
  const months = new Set(kept.map((at) => new Date(at).toISOString().slice(0, 7)));
  expect(months.size).toBe(12);
});
