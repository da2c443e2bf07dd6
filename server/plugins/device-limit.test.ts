import { expect, test } from 'vitest';
import { DeviceLimit } from './device-limit.ts';

const MIB = 1024 * 1024;

test('ten thousand facts one by one pass at once, and so do they in batches', () => {
  const limit = new DeviceLimit(() => 0);
  for (let i = 0; i < 10_000; i++) {
    expect(limit.waitSeconds('alone')).toBe(0);
    limit.charge('alone', 1, 1_500);
  }
  for (let i = 0; i < 50; i++) {
    expect(limit.waitSeconds('batches')).toBe(0);
    limit.charge('batches', 1, 256 * 1024);
  }
});

test('who sends without end waits as long as it is told, and no longer', () => {
  let now = 0;
  const limit = new DeviceLimit(() => now);
  let sent = 0;
  while (limit.waitSeconds('flood') === 0) {
    limit.charge('flood', 1, MIB);
    sent += 1;
  }
  expect(sent).toBe(65);
  expect(limit.waitSeconds('neighbour')).toBe(0);
  const seconds = limit.waitSeconds('flood');
  now += (seconds - 1) * 1000;
  expect(limit.waitSeconds('flood')).toBe(1);
  now += 1000;
  expect(limit.waitSeconds('flood')).toBe(0);
});

test('a clock that goes back takes nothing away', () => {
  let now = 1_000_000;
  const limit = new DeviceLimit(() => now);
  limit.charge('phone', 1, 1);
  now = 0;
  expect(limit.waitSeconds('phone')).toBe(0);
});

test('however many phones there are, memory stays in measure', () => {
  const limit = new DeviceLimit(() => 0);
  for (let i = 0; i < 65; i++) limit.charge('first', 1, MIB);
  expect(limit.waitSeconds('first')).toBeGreaterThan(0);
  for (let i = 0; i < 10_000; i++) limit.charge(`phone ${i}`, 1, 1);
  expect(limit.waitSeconds('first')).toBe(0);
});
