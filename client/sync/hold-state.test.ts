import { expect, test } from 'vitest';
import type { DeviceId, TurfId } from '#shared/kernel/ids.ts';
import { holdStateOf, isFinishing } from './hold-state.ts';
import { makeServerTime } from './server-time.ts';

const MINUTE = 60_000;
const YEAR = 365 * 24 * 60 * MINUTE;
const START = 1_791_036_000_000;
const hold = { turfId: 't' as TurfId, turfName: 'Turf 1', version: 1, until: START + 60 * MINUTE };

/** A phone whose clock is a year behind the server's, right after a contact. */
function makePhone() {
  const time = { wall: START - YEAR, elapsed: 0 };
  const clock = { now: () => time.wall, elapsed: () => time.elapsed };
  const guess = makeServerTime(clock);
  const head = { clockOffsetMs: YEAR, serverMs: START, ended: null, waiting: null };
  guess(head);
  const pass = (ms: number, set = 0): void => {
    time.elapsed += ms;
    time.wall += ms + set;
  };
  return { pass, state: () => holdStateOf(head, hold, guess(head)), guess };
}

test('a phone a year off holds its turf exactly as long as any other', () => {
  const phone = makePhone();
  phone.pass(59 * MINUTE);
  expect(phone.state()).toBe('ok');
  phone.pass(2 * MINUTE);
  expect(phone.state()).toBe('expired');
});

test('a clock set back locks the walk and stretches nothing; a little is no offence', () => {
  const phone = makePhone();
  phone.pass(20 * MINUTE, -9 * MINUTE);
  expect(phone.state()).toBe('ok');
  phone.pass(0, -2 * MINUTE);
  expect(phone.state()).toBe('locked');
  phone.pass(41 * MINUTE);
  expect(phone.state()).toBe('expired');
});

test('the next contact opens what a clock set back had locked', () => {
  const phone = makePhone();
  phone.pass(0, -30 * MINUTE);
  expect(phone.state()).toBe('locked');
  const later = {
    clockOffsetMs: YEAR + 30 * MINUTE,
    serverMs: START + 1,
    ended: null,
    waiting: null,
  };
  expect(holdStateOf(later, hold, phone.guess(later))).toBe('ok');
});

test('a phone that was never answered, or holds a packet of the first version, is left alone', () => {
  const clock = { now: () => START + YEAR, elapsed: () => 0 };
  const guess = makeServerTime(clock)({ clockOffsetMs: null, serverMs: null });
  expect(holdStateOf(null, hold, guess)).toBe('ok');
  const known = makeServerTime(clock)({ clockOffsetMs: 0, serverMs: START });
  expect(holdStateOf(null, { ...hold, until: null }, known)).toBe('ok');
});

test('without a turf it says why, as long as that is remembered', () => {
  const guess = { now: START, setBack: false, known: true };
  const ended = { why: 'revoked' as const, turfName: 'Turf 1', at: START };
  expect(holdStateOf({ ended, waiting: null }, null, guess)).toBe('revoked');
  expect(holdStateOf({ ended: null, waiting: null }, null, guess)).toBe('ok');
});

test('a turf that waits for a conversation has ended for every other screen, and expires all the same', () => {
  const guess = { now: START, setBack: false, known: true };
  const deviceId = 'd' as DeviceId;
  const waiting = { turfId: hold.turfId, deviceId, why: 'revoked' as const, heardAt: START };
  const head = { ended: null, waiting };
  expect(holdStateOf(head, hold, guess)).toBe('revoked');
  expect(isFinishing(head, hold, 'revoked')).toBe(true);
  const late = { ...guess, now: hold.until + 1 };
  expect(holdStateOf(head, hold, late)).toBe('expired');
  expect(isFinishing(head, hold, 'expired')).toBe(false);
  const other = { ...hold, turfId: 'u' as TurfId };
  expect(holdStateOf(head, other, guess)).toBe('ok');
  expect(isFinishing(head, other, 'ok')).toBe(false);
  expect(isFinishing(head, null, 'ok')).toBe(false);
});
