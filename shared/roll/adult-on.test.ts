import { expect, test } from 'vitest';
import { dayIn } from '../kernel/instant.ts';
import { adultOn } from './adult-on.ts';

const TODAY = '2026-11-22';
const nothing = { birthDate: '', birthYear: '', age: '', status: '' };
const on = (cells: Partial<typeof nothing>, today = TODAY): string | null =>
  adultOn({ ...nothing, ...cells }, today);

test('a birthday today makes an adult, one tomorrow does not', () => {
  expect(on({ birthDate: '2008-11-22' })).toBeNull();
  expect(on({ birthDate: '11/23/2008' })).toBe('2026-11-23');
  expect(on({ birthDate: '2008-02-29' }, '2026-02-28')).toBe('2026-03-01');
});

test('of a year alone it is its last day, of an age alone the latest day that fits', () => {
  expect(on({ birthYear: '2008' })).toBe('2026-12-31');
  expect(on({ birthYear: '2007' })).toBeNull();
  expect(on({ age: '17' })).toBe('2027-11-22');
  expect(on({ age: '18' })).toBeNull();
});

test('a small child, and one who is registered early, is no adult of unknown age', () => {
  expect(on({ birthDate: '2020-01-01' })).toBe('2038-01-01');
  expect(on({ status: 'PREREGISTERED' })).toBe('9999-12-31');
  expect(on({ status: 'Active' })).toBeNull();
  expect(on({})).toBeNull();
});

test('the day is the chapter’s own: at one moment it is a birthday in one zone and not in the other', () => {
  const moment = Date.UTC(2026, 10, 22, 4);
  const born = { birthDate: '2008-11-22' };
  expect(on(born, dayIn(moment, 'Europe/Berlin'))).toBeNull();
  expect(on(born, dayIn(moment, 'America/Los_Angeles'))).toBe('2026-11-22');
});
