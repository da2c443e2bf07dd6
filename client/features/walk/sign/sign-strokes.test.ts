import { expect, test } from 'vitest';
import { Value } from 'typebox/value';
import { Signature } from '#shared/model/fact.ts';
import { strokePath } from '../../../ui/signature-picture.tsx';
import { beginStroke, goOn, isSigned, type Stroke } from './sign-strokes.ts';

test('a scribble of any length, also beyond the edge, still fits into a fact', () => {
  let strokes: readonly Stroke[] = [];
  for (let n = 0; n < 300; n++) {
    strokes = beginStroke(strokes, -50, n);
    for (let m = 0; m < 20; m++) strokes = goOn(strokes, (m % 2) * 1200, n + m * 40);
  }
  for (let m = 0; m < 5000; m++) strokes = goOn(strokes, (m * 37) % 1000, (m * 91) % 500);
  const id = '0190a0a0-0000-7000-8000-000000000001';
  const [ids, words] = [
    { doorId: id, personId: id, petitionId: id },
    { wording: 'We ask.', wordingHash: 'a'.repeat(64) },
  ];
  expect(Value.Check(Signature, { ...ids, ...words, strokes })).toBe(true);
});

test('a tap is no signature, and a finger that rests draws no more points', () => {
  const tap = beginStroke([], 10, 10);
  expect(goOn(tap, 11, 11)).toBe(tap);
  expect([isSigned([]), isSigned(tap)]).toEqual([false, false]);
  const name = goOn(goOn(tap, 100, 80), 200, 10);
  expect(isSigned(name)).toBe(true);
  expect(name.map(strokePath)).toEqual(['M10 10L100 80L200 10']);
  expect(strokePath(tap[0] ?? [])).toBe('M10 10h0');
});
