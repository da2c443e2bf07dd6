import { expect, test } from 'vitest';
import type { CallRow } from './call-rows.ts';
import { nextCall, onList, startOf } from './call-rows.ts';
import { sayPhone, telLink } from '../phone-number.ts';

const row = (standing: CallRow['standing'], lastAt: number | null = null): CallRow =>
  ({ standing, lastAt }) as CallRow;

test('who comes next: to do from here on, then from the start, then the one tried longest ago', () => {
  const list = [row('to-do'), row('again', 9), row('contact'), row('to-do'), row('again', 3)];
  expect(nextCall(list, 1)).toBe(list[3]);
  expect(nextCall(list, 4)).toBe(list[0]);
  const rest = [row('again', 9), row('done'), row('again', 3), row('do-not-contact')];
  expect(nextCall(rest, 0)).toBe(rest[2]);
  expect(nextCall([row('done'), row('do-not-contact')], 0)).toBeNull();
  expect(startOf('', 0)).toBe(0);
  expect(startOf('one caller', 7)).toBeLessThan(7);
});

test('numbers as files write them are dialled and read', () => {
  const dialled = ['(555) 010-0199', '555.010.0199 x12', '+52 55 5010 0199', 'none', ''].map(
    telLink,
  );
  expect(dialled).toEqual(['tel:5550100199', 'tel:5550100199,12', 'tel:+525550100199', null, null]);
  expect(sayPhone('5550100199')).toBe('(555) 010-0199');
  expect(sayPhone('+1 555 010 0199')).toBe('(555) 010-0199');
  expect(sayPhone('+52 55 5010 0199')).toBe('+52 55 5010 0199');
});

test('whoever asked not to be called is off the list and never next; whoever was called stays on it', () => {
  const [off, called, open] = [
    { ...row('refuses'), calls: 0 },
    { ...row('refuses'), calls: 1 },
    { ...row('to-do'), calls: 0 },
  ];
  expect(onList([off, called, open])).toEqual([called, open]);
  expect(nextCall([off, called], 0)).toBeNull();
});
