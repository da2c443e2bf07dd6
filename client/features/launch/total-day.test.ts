import { expect, test } from 'vitest';
import type { Tally } from '#shared/model/turf.ts';
import { totalDay } from './total-day.ts';

const tally: Tally = {
  doors: 50,
  knocked: 20,
  contacts: 5,
  remaining: 30,
  knocks: 22,
  support: [2, 1, 1, 0, 1],
  lastKnockAt: 1000,
};
const quiet: Tally = {
  doors: 40,
  knocked: 0,
  contacts: 0,
  remaining: 40,
  knocks: 0,
  support: [0, 0, 0, 0, 0],
  lastKnockAt: null,
};

test('sums over turfs, the last knock is the latest', () => {
  expect(totalDay([tally, quiet, { ...tally, lastKnockAt: 3000 }])).toEqual({
    doors: 140,
    knocked: 40,
    contacts: 10,
    remaining: 100,
    contactRate: 0.25,
    support: [4, 2, 2, 0, 2],
    lastKnockAt: 3000,
  });
});

test('before the first knock there is no contact rate, not a rate of nought', () => {
  expect(totalDay([quiet]).contactRate).toBe(null);
  expect(totalDay([]).lastKnockAt).toBe(null);
});
