import { expect, test } from 'vitest';
import { isDay, mayKeepBy } from './promise-day.ts';

test('a day is one of the calendar, written as the paper asks for it', () => {
  expect(['2026-05-01', '2028-02-29', '0999-12-31'].every(isDay)).toBe(true);
  for (const text of ['', 'May', '2026-5-1', '2026-02-29', '2026-13-01', '2026-00-10', '26-05-01'])
    expect([text, isDay(text)]).toEqual([text, false]);
});

test('a promise is kept from the day on which it was made to two years after', () => {
  const fits = (by: string, made = '2026-04-25'): boolean => mayKeepBy(by, made);
  expect(fits('2026-04-25') && fits('2028-04-25')).toBe(true);
  expect(fits('2026-04-24') || fits('2028-04-26') || fits('1900-01-01')).toBe(false);
  // Nobody has said yet when it was made.
  expect(fits('1900-01-01', '')).toBe(true);
  expect(fits('2030-02-28', '2028-02-29') && !fits('2030-03-01', '2028-02-29')).toBe(true);
});
