import { expect, test } from 'vitest';
import { markKey } from './door-marks.ts';
import { Thinner } from './thinner.ts';

test('a mark on its like is left out, one of another look is not', () => {
  const drawn = new Thinner(100, 100, 2);
  expect(drawn.hides(10, 10, 7)).toBe(false);
  expect(drawn.hides(10.1, 10.1, 7)).toBe(true);
  expect(drawn.hides(10.1, 10.1, 8)).toBe(false);
  expect(drawn.hides(-3, 4, 8)).toBe(false);
});

test('from close up every mark is drawn', () => {
  const drawn = new Thinner(100, 100, 6);
  expect([drawn.hides(10, 10, 7), drawn.hides(10, 10, 7)]).toEqual([false, false]);
});

test('no two looks share a key', () => {
  const keys = (['to-do', 'not-home', 'contact', 'done', 'do-not-contact'] as const).flatMap(
    (standing) =>
      [-1, 0, 11].flatMap((hue) =>
        [false, true].flatMap((onPhone) =>
          [1.25, 9, 17].map((radius) => markKey({ standing, hue, onPhone, radius })),
        ),
      ),
  );
  expect(new Set(keys).size).toBe(keys.length);
});
