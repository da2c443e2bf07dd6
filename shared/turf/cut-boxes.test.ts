import { expect, test } from 'vitest';
import { seededDice } from '../kernel/random.ts';
import { assignBuildings } from './assign-buildings.ts';
import { checkOutline } from './check-outline.ts';
import { cutBoxes } from './cut-boxes.ts';

test('boxes are sound outlines, hold no more doors than asked and share no building', () => {
  const dice = seededDice(3);
  const many = (make: () => number): number[] => Array.from({ length: 800 }, make);
  const columns = {
    lon: many(() => -50 + dice.next() / 50),
    lat: many(() => 42 + dice.next() / 50),
    doors: many(() => (dice.chance(0.05) ? 12 : 1)),
  };
  const boxes = cutBoxes(columns, 5, 50);
  expect(boxes).toHaveLength(5);
  const seen = new Set<number>();
  for (const box of boxes) {
    expect(checkOutline(box).ok).toBe(true);
    const inside = assignBuildings(columns, box);
    const doors = inside.reduce((sum, index) => sum + (columns.doors[index] ?? 0), 0);
    expect(doors).toBeGreaterThan(15);
    expect(doors).toBeLessThanOrEqual(50);
    for (const index of inside) expect(seen.has(index)).toBe(false);
    for (const index of inside) seen.add(index);
  }
});

test('no doors, and all doors in one spot, give what can be given', () => {
  expect(cutBoxes({ lon: [], lat: [], doors: [] }, 3, 50)).toEqual([]);
  const tower = { lon: [1, 1], lat: [2, 2], doors: [40, 40] };
  expect(cutBoxes(tower, 3, 50)).toEqual([]);
  expect(cutBoxes(tower, 3, 100)).toHaveLength(1);
});
