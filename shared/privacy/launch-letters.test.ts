import { expect, test } from 'vitest';
import {
  callLetters,
  makeLaunchLetters,
  readLaunchLetters,
  showLaunchLetters,
} from './launch-letters.ts';

test('a code reads back however it is typed', () => {
  const letters = makeLaunchLetters(Uint8Array.from([0, 1, 10, 31, 32, 63, 255, 7, 8, 9]));
  expect(letters).toBe('01az0zz789');
  expect(callLetters(letters)).toBe('01az0');
  expect(showLaunchLetters(letters)).toBe('01AZ0-ZZ789');
  for (const typed of ['01AZ0-ZZ789', ' oIaz ozz789 ', 'OLAZ0–ZZ789', '01az0zz789']) {
    expect(readLaunchLetters(typed)).toBe(letters);
  }
});

test('what cannot be a code is none', () => {
  const bad = ['', '01AZ-0ZZ7', '01AZ0-ZZ78', '01AZ0-ZZ7890', '01AZ0-ZZ78U', '01AZ0 ZZ78\0'];
  for (const typed of [...bad, '🂡🂡🂡🂡🂡']) expect(readLaunchLetters(typed)).toBeNull();
});
