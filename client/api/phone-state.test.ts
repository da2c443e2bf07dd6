import { expect, test } from 'vitest';
import type { DeviceId } from '#shared/kernel/ids.ts';
import type { Phone } from '#shared/sync/phones.ts';
import { missingOf, phonesWithWork, sortPhones, worryOf } from './phone-state.ts';

const HOUR = 3_600_000;
const NOW = 1_700_000_000_000;

function phone(name: string, some: Partial<Phone>): Phone {
  return {
    deviceId: name as DeviceId,
    memberName: name,
    turfs: [],
    ended: [],
    joinedAt: NOW - 48 * HOUR,
    lastSeenAt: NOW,
    unsent: 0,
    unsentSince: null,
    maxLocalSeq: 1,
    received: 1,
    lost: null,
    standing: 'ok',
    revokedAt: null,
    purgedAt: null,
    mismatches: 0,
    guard: null,
    conduct: null,
    handed: 0,
    ...some,
  };
}

test('unsent work is a worry that grows: an hour, a day', () => {
  const since = (hours: number): Phone =>
    phone('a', { unsent: 2, unsentSince: NOW - hours * HOUR });
  expect(worryOf(since(0.99), NOW)).toBe('fresh');
  expect(worryOf(since(1), NOW)).toBe('slow');
  expect(worryOf(since(23.9), NOW)).toBe('slow');
  expect(worryOf(since(24), NOW)).toBe('late');
});

test('a phone that was revoked with unsent work still counts as waiting', () => {
  const revoked = phone('r', { standing: 'revoked', unsent: 1, unsentSince: NOW - 2 * HOUR });
  expect(worryOf(revoked, NOW)).toBe('slow');
  expect(phonesWithWork([revoked, phone('b', {})])).toEqual([revoked]);
});

test('what a phone holds for sent and is not here is not passed over', () => {
  const gap = phone('gap', { maxLocalSeq: 5, received: 3 });
  expect([missingOf(gap), worryOf(gap, NOW)]).toEqual([2, 'missing']);
  expect(worryOf(phone('gone', { ...gap, standing: 'revoked' }), NOW)).toBe('missing');
  // What it still has to send is no gap, and before it has said anything nothing is known.
  expect(missingOf(phone('busy', { maxLocalSeq: 5, received: 3, unsent: 2 }))).toBe(0);
  expect(missingOf(phone('new', { maxLocalSeq: null, received: 0, unsent: null }))).toBe(0);
});

test('the longest waiting phone stands on top, revoked ones that sent all at the end', () => {
  const lost = { count: 3, from: NOW - HOUR, to: NOW };
  const list = sortPhones(
    [
      phone('fine', {}),
      phone('missing', { maxLocalSeq: 2 }),
      phone('ended', { standing: 'revoked' }),
      phone('fresh', { unsent: 1, unsentSince: NOW - 60_000 }),
      phone('lost', { lost }),
      phone('older', { unsent: 1, unsentSince: NOW - 60 * HOUR }),
      phone('late', { unsent: 9, unsentSince: NOW - 30 * HOUR }),
    ],
    NOW,
  );
  expect(list.map(({ memberName }) => memberName)).toEqual([
    'older',
    'late',
    'fresh',
    'lost',
    'missing',
    'fine',
    'ended',
  ]);
});
