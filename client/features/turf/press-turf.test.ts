import { expect, test } from 'vitest';
import { pressTurf } from './press-turf.ts';

test('the first of two turfs stays chosen when the second press hits a street', () => {
  expect(pressTurf('merge', 'a', null)).toEqual({ kind: 'miss' });
  expect(pressTurf('merge', 'a', 'b')).toEqual({ kind: 'merge', keys: ['a', 'b'] });
});

test('a turf does not join itself, and the first press chooses', () => {
  expect(pressTurf('merge', 'a', 'a')).toEqual({ kind: 'choose', keys: ['a'] });
  expect(pressTurf('merge', null, 'b')).toEqual({ kind: 'choose', keys: ['b'] });
  expect(pressTurf('merge', null, null)).toEqual({ kind: 'choose', keys: [] });
});

test('outside of merging a press beside all turfs chooses none', () => {
  expect(pressTurf('choose', 'a', null)).toEqual({ kind: 'choose', keys: [] });
  expect(pressTurf('choose', 'a', 'b')).toEqual({ kind: 'choose', keys: ['b'] });
});
