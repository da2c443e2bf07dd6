import { expect, test } from 'vitest';
import { SeenIds } from './seen-ids.ts';

test('each id is new once, however many there are and however alike they look', () => {
  const seen = new SeenIds();
  const ids = Array.from({ length: 200_000 }, (_, i) =>
    i % 2 === 0 ? `OH${String(i).padStart(9, '0')}` : String(i),
  );
  const again = ids.filter((id) => seen.add(id));
  expect(again).toEqual([]);
  expect(ids.every((id) => seen.add(id))).toBe(true);
  expect(seen.add('')).toBe(false);
  expect(seen.add('')).toBe(true);
});
