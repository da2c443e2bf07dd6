import { expect, test } from 'vitest';
import { layWords, measureLine } from './words-along.ts';

const widthOf = (text: string): number => text.length * 6;

test('a name on a straight street is one piece, upright whichever way the street was drawn', () => {
  const east = layWords(measureLine([0, 200], [0, 0]), 'Elm St', widthOf, 100);
  const west = layWords(measureLine([200, 0], [0, 0]), 'Elm St', widthOf, 100);
  expect(east).toEqual([{ text: 'Elm St', x: 100, y: 0, turn: 0 }]);
  expect(west?.[0]?.x).toBeCloseTo(100);
  expect(Math.cos(west?.[0]?.turn ?? Math.PI)).toBeCloseTo(1);
});

test('a name that is longer than its street is not written', () => {
  expect(layWords(measureLine([0, 20], [0, 0]), 'Elm St', widthOf, 10)).toBeNull();
});

test('a name does not turn a sharp corner', () => {
  const corner = measureLine([0, 100, 100], [0, 0, 100]);
  expect(layWords(corner, 'Long Street', widthOf, 100)).toBeNull();
});

test('a name follows a curve letter by letter, from left to right', () => {
  const turns = Array.from({ length: 41 }, (_, i) => Math.PI + (Math.PI * i) / 40);
  const curve = measureLine(
    turns.map((turn) => 100 * Math.cos(turn)),
    turns.map((turn) => 100 * Math.sin(turn)),
  );
  for (const line of [
    curve,
    measureLine(Array.from(curve.x).reverse(), Array.from(curve.y).reverse()),
  ]) {
    const placed = layWords(line, 'Crescent', widthOf, line.length / 2);
    expect(placed?.map(({ text }) => text).join('')).toBe('Crescent');
    const xs = placed?.map(({ x }) => x) ?? [];
    expect([...xs].sort((a, b) => a - b)).toEqual(xs);
  }
});
