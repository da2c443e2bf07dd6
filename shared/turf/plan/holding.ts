import type { Counts, PlanDoors, PlanTurf } from './plan.ts';

/** How much of a building: some of its units, or null, all of it. */
export type Part = readonly string[] | null;

/** Buildings in walk order, each with how much of it. */
export type Holding = ReadonlyMap<number, Part>;

/** What a turf holds. */
export function holdingOf(turf: Pick<PlanTurf, 'order' | 'units'>): Map<number, Part> {
  return new Map(turf.order.map((index) => [index, turf.units.get(index) ?? null]));
}

/** Two parts of a building together, in the order of its units; all of them are the whole. */
export function joinParts(doors: PlanDoors, index: number, a: Part, b: Part): Part {
  if (a === null || b === null) return null;
  const both = new Set([...a, ...b]);
  const all = doors.units.get(index) ?? [];
  return all.every((unit) => both.has(unit)) ? null : all.filter((unit) => both.has(unit));
}

/** What is left of a building's part without another; an empty list is nothing. */
export function leaveOut(doors: PlanDoors, index: number, from: Part, out: Part): Part {
  if (out === null) return [];
  const gone = new Set(out);
  const rest = (from ?? doors.units.get(index) ?? []).filter((unit) => !gone.has(unit));
  return from === null && gone.size === 0 ? null : rest;
}

/**
 * Doors and people of a part. People are shared out among a tower's units evenly, by whole numbers
 * that add up to the building's.
 */
export function countPart(doors: PlanDoors, index: number, part: Part): Counts {
  const people = doors.people[index] ?? 0;
  if (part === null) return { buildings: 1, doors: doors.doors[index] ?? 0, people };
  if (part.length === 0) return { buildings: 0, doors: 0, people: 0 };
  const all = doors.units.get(index) ?? [];
  const own = new Set(part);
  let sum = 0;
  all.forEach((unit, i) => {
    if (!own.has(unit)) return;
    sum += Math.floor(((i + 1) * people) / all.length) - Math.floor((i * people) / all.length);
  });
  return { buildings: 1, doors: part.length, people: sum };
}

/** Doors and people of a holding. */
export function countHolding(doors: PlanDoors, holding: Holding): Counts {
  let counts: Counts = { buildings: 0, doors: 0, people: 0 };
  for (const [index, part] of holding) counts = addCounts(counts, countPart(doors, index, part), 1);
  return counts;
}

/** The first with the second added `times` times. */
export function addCounts(a: Counts, b: Counts, times: 1 | -1): Counts {
  return {
    buildings: a.buildings + times * b.buildings,
    doors: a.doors + times * b.doors,
    people: a.people + times * b.people,
  };
}
