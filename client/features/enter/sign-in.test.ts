import { expect, test } from 'vitest';
import { tokenOf } from './sign-in.ts';

test('a whole link, its end, and a link with blanks around give the same token', () => {
  const token = 'aB3_-xyz0123456789';
  expect(tokenOf(`https://chapter.example/enter#${token}`)).toBe(token);
  expect(tokenOf(token)).toBe(token);
  expect(tokenOf(`  /enter#${token}\n`)).toBe(token);
});

test('what is no link has no token', () => {
  expect(tokenOf('')).toBe(null);
  expect(tokenOf('https://chapter.example/enter')).toBe(null);
  expect(tokenOf('https://chapter.example/enter#')).toBe(null);
  expect(tokenOf('my name')).toBe(null);
});
