import { expect, test } from 'vitest';
import { tokenOf } from './sign-in.ts';

test('a whole link, its end, and a link with blanks around give the same token', () => {
  const token = '01a20305-cca2-7a6d-9ee8-0988e44e85d3.s-HwW_GeFYnV';
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
