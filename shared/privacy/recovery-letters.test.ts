import { expect, test } from 'vitest';
import {
  makeRecoveryLetters,
  readRecoveryLetters,
  showRecoveryLetters,
} from './recovery-letters.ts';

const bytes = Uint8Array.from({ length: 16 }, (_, index) => index * 17);

test('a code that was printed is read back however it is typed', () => {
  const letters = makeRecoveryLetters(bytes);
  const shown = showRecoveryLetters(letters);
  expect(shown).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
  for (const typed of [shown, shown.toLowerCase(), shown.replaceAll('-', ' '), ` ${letters}\n`]) {
    expect(readRecoveryLetters(typed)).toBe(letters);
  }
});

test('letters that look like digits are those digits', () => {
  expect(readRecoveryLetters('OIL0-OIL0-OIL0-OIL0')).toBe('0110011001100110');
});

test('what is too short, too long or has other letters is no code, and weak chance makes none', () => {
  for (const typed of ['', '7K3M', 'U'.repeat(16), '0'.repeat(17), 'ñ'.repeat(16)]) {
    expect(readRecoveryLetters(typed)).toBe(null);
  }
  expect(() => makeRecoveryLetters(bytes.subarray(1))).toThrow();
});
