import { expect, test } from 'vitest';
import { PlatePlaces, type Plate } from './place-plates.ts';

test('plates of turfs that lie close never overlap; what has no room is left out', () => {
  const places = new PlatePlaces();
  const found: Plate[] = [];
  for (let i = 0; i < 400; i++) {
    const placed = places.place((i * 37) % 500, (i * 53) % 400, [
      { width: 90, height: 40 },
      { width: 60, height: 24 },
    ]);
    if (placed) found.push(placed.plate);
  }
  const overlaps = found.filter((a, i) =>
    found.some(
      (b, j) =>
        j > i &&
        Math.abs(a.x - b.x) * 2 < a.width + b.width &&
        Math.abs(a.y - b.y) * 2 < a.height + b.height,
    ),
  );
  expect(overlaps).toEqual([]);
  expect(found.length).toBeGreaterThan(40);
  expect(found.length).toBeLessThan(400);
});
