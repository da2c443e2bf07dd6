import { expect, test } from 'vitest';
import { mirrorWords } from './pseudo-locale.ts';

test('words run the other way; values, tags and the forms of a number stay where they are', () => {
  const found = mirrorWords({
    plain: ['Ab <0>c</0>'],
    value: ['Ab ', ['name']],
    number: [['n', 'plural', { one: ['# a'], other: ['#', ' b ', ['who']] }]],
  });
  expect(found).toEqual({
    plain: ['אב <0>ג</0>'],
    value: ['אב ', ['name']],
    number: [['n', 'plural', { one: ['# א'], other: ['#', ' ב ', ['who']] }]],
  });
});
