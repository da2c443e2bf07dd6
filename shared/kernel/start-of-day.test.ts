import { expect, test } from 'vitest';
import { startOfDay } from './start-of-day.ts';

const at = (text: string): number => Date.parse(text);

test.each([
  ['an afternoon', '2025-10-04T14:00:00Z', 'America/New_York', '2025-10-04T04:00:00Z'],
  [
    'late at night it is still the day before',
    '2025-10-05T03:59:59Z',
    'America/New_York',
    '2025-10-04T04:00:00Z',
  ],
  ['midnight itself', '2025-10-04T04:00:00Z', 'America/New_York', '2025-10-04T04:00:00Z'],
  ['clocks went back at two', '2025-11-02T18:00:00Z', 'America/New_York', '2025-11-02T04:00:00Z'],
  ['clocks went on at two', '2025-03-09T18:00:00Z', 'America/New_York', '2025-03-09T05:00:00Z'],
  ['a zone of half an hour', '2025-06-01T00:00:00Z', 'Asia/Kolkata', '2025-05-31T18:30:00Z'],
  ['a day that begins at one', '2024-09-08T15:00:00Z', 'America/Santiago', '2024-09-08T04:00:00Z'],
] as const)('%s', (_, now, zone, start) => {
  expect(new Date(startOfDay(at(now), zone)).toISOString()).toBe(new Date(start).toISOString());
});
