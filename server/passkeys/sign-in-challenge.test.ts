import { expect, test } from 'vitest';
import { isSignInChallenge, makeSignInChallenge } from './sign-in-challenge.ts';

const secret = new Uint8Array(32).fill(7);
const random = (count: number) => new Uint8Array(count).fill(9);
const NOW = Date.UTC(2025, 9, 4, 14);
const LIFE = 5 * 60_000;

test('a challenge holds for five minutes, for a server with the same secret', () => {
  const text = makeSignInChallenge(secret, NOW, random);
  expect(isSignInChallenge(text, secret, NOW)).toBe(true);
  expect(isSignInChallenge(text, secret, NOW + LIFE - 1)).toBe(true);
  expect(isSignInChallenge(text, secret, NOW + LIFE)).toBe(false);
  expect(isSignInChallenge(text, new Uint8Array(32), NOW)).toBe(false);
});

test('one from a clock that ran ahead is not kept longer than it should', () => {
  const text = makeSignInChallenge(secret, NOW + 60_000, random);
  expect(isSignInChallenge(text, secret, NOW)).toBe(false);
});

test('no byte of it can be changed, added or written otherwise', () => {
  const text = makeSignInChallenge(secret, NOW, random);
  const bytes = Buffer.from(text, 'base64url');
  for (let at = 0; at < bytes.length; at += 1) {
    const bent = Buffer.from(bytes);
    bent[at] = (bent[at] ?? 0) ^ 1;
    expect(isSignInChallenge(bent.toString('base64url'), secret, NOW)).toBe(false);
  }
  for (const odd of ['', 'x', `${text}=`, `${text} `, `${text}AA`]) {
    expect(isSignInChallenge(odd, secret, NOW)).toBe(false);
  }
});
