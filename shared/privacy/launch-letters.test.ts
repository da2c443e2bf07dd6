import { expect, test } from 'vitest';
import { makeLaunchLetters, readLaunchLetters, showLaunchLetters } from './launch-letters.ts';

test('a code reads back however it is typed', () => {
  const letters = makeLaunchLetters(Uint8Array.from([0, 1, 10, 31, 32, 63, 255, 7]));
  expect(letters).toBe('01az0zz7');
  expect(showLaunchLetters(letters)).toBe('01AZ-0ZZ7');
  for (const typed of ['01AZ-0ZZ7', ' oIaz ozz7 ', 'OLAZ–OZZ7', '01az0zz7']) {
    expect(readLaunchLetters(typed)).toBe(letters);
  }
});

test('what cannot be a code is none', () => {
  for (const typed of ['', '01AZ-0ZZ', '01AZ-0ZZ77', '01AZ-0ZZU', '01AZ 0ZZ\0', '🂡🂡🂡🂡']) {
    expect(readLaunchLetters(typed)).toBeNull();
  }
});
