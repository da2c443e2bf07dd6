import { expect, test } from 'vitest';
import { namesOf } from './hold-problem.ts';
import type { PlanTurf } from './plan.ts';

const named = (...numbers: number[]): PlanTurf[] =>
  numbers.map((number) => ({ name: `Turf ${number}` }) as PlanTurf);

test('an outline over half a city names a few of the turfs in its way, 2 before 10', () => {
  expect(namesOf(named(10, 2, 2))).toBe('Turf 2, Turf 10');
  const city = named(...Array.from({ length: 120 }, (_, at) => at + 1));
  expect(namesOf(city)).toBe('Turf 1, Turf 2, Turf 3, Turf 4 … (+116)');
});
