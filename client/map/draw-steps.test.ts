import { expect, test } from 'vitest';
import {
  addCorner,
  closeDraft,
  draftOf,
  EMPTY_DRAFT,
  insertCorner,
  loopOf,
  moveCorner,
  outlineOf,
  removeCorner,
  thinLine,
} from './draw-steps.ts';

const triangle = closeDraft(addCorner(addCorner(addCorner(EMPTY_DRAFT, [0, 0]), [1, 0]), [1, 1]));

test('two corners are no outline and cannot be closed', () => {
  const two = addCorner(addCorner(EMPTY_DRAFT, [0, 0]), [1, 0]);
  expect(outlineOf(two)).toBeNull();
  expect(closeDraft(two).closed).toBe(false);
});

test('an outline comes back from its draft as it went in', () => {
  const outline = outlineOf(triangle);
  expect(outline?.coordinates[0]).toEqual([
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 0],
  ]);
  expect(outline && draftOf(outline)).toEqual(triangle);
});

test('a closed outline takes no further corner by accident and keeps three', () => {
  expect(addCorner(triangle, [5, 5])).toBe(triangle);
  expect(removeCorner(triangle, 0)).toBe(triangle);
  const four = insertCorner(triangle, 2, [0.5, 0.6]);
  expect(removeCorner(four, 3)).toEqual(triangle);
});

test('a moved corner moves in the outline, also the first one, which closes the ring', () => {
  expect(outlineOf(moveCorner(triangle, 0, [-1, -1]))?.coordinates[0]).toEqual([
    [-1, -1],
    [1, 0],
    [1, 1],
    [-1, -1],
  ]);
});

test('a lasso of a thousand points keeps its corners and loses its tremble', () => {
  const stroke = Array.from({ length: 1000 }, (_, i): [number, number] =>
    i < 500 ? [i, (i % 3) * 0.4] : [499 + (i % 2) * 0.4, i - 499],
  );
  const thin = thinLine(stroke, 3);
  expect(thin.length).toBeLessThan(6);
  expect(thin[0]).toEqual([0, 0]);
  expect(thin.some(([x, y]) => x > 490 && y < 10)).toBe(true);
});

test('a stroke that goes on past its beginning closes where it crosses it', () => {
  const late: [number, number][] = [
    [0, 0],
    [100, 0],
    [100, 100],
    [10, 100],
    [10, -20],
  ];
  expect(loopOf(late, 3)).toEqual([
    [10, 0],
    [100, 0],
    [100, 100],
    [10, 100],
  ]);
});

test('a stroke that ends where it began keeps its corners, and so does one that stays open', () => {
  const square: [number, number][] = [
    [0, 0],
    [100, 0],
    [100, 100],
    [0, 100],
  ];
  expect(loopOf(square, 3)).toEqual(square);
  expect(loopOf([...square, [0, 0]], 3)).toEqual(square);
});

test('of a stroke like an eight nothing is left out: what lies inside is not clear', () => {
  const eight: [number, number][] = [
    [0, 0],
    [100, 100],
    [100, 0],
    [0, 100],
  ];
  expect(loopOf(eight, 3)).toEqual(eight);
});

test('a slow stroke of ten thousand points is an outline of a few corners all the way', () => {
  const slow = Array.from({ length: 10_000 }, (_, i): [number, number] => {
    const turn = (i / 9900) * 2 * Math.PI;
    return [200 * Math.cos(turn), 200 * Math.sin(turn)];
  });
  expect(loopOf(slow, 3).length).toBeLessThan(60);
});
