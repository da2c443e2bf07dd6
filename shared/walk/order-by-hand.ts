import type { WalkDoor } from './group-stops.ts';

/**
 * Doors in the order that somebody made: building by building as their first doors are named, each
 * one's doors as they are named. What the hand did not name, because it came later, goes in where
 * `order`, the short walk, has it: after the building that it follows there. Every door once.
 */
export function orderByHand(
  doors: readonly WalkDoor[],
  byHand: readonly string[],
  order: readonly string[],
): string[] {
  const stopOf = new Map(doors.map(({ id, building }) => [id, building ?? id]));
  const inside = new Map<string, string[]>();
  const add = (door: string): void => {
    const stop = stopOf.get(door);
    if (stop === undefined) return;
    const here = inside.get(stop);
    if (here === undefined) inside.set(stop, [door]);
    else if (!here.includes(door)) here.push(door);
  };
  byHand.forEach(add);
  const stops = [...inside.keys()];
  let before: string | null = null;
  for (const door of order) {
    const stop = stopOf.get(door);
    if (stop === undefined) continue;
    if (!inside.has(stop)) stops.splice(before === null ? 0 : stops.indexOf(before) + 1, 0, stop);
    add(door);
    before = stop;
  }
  return stops.flatMap((stop) => inside.get(stop) ?? []);
}
