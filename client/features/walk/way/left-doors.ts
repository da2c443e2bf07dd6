import type { DoorRow } from '../door-row.ts';
import { isToDo } from './next-door.ts';

/** What is left to do beside `here`: without what rests, unless nothing else is left. */
export function leftOf(
  rows: readonly DoorRow[],
  here: DoorRow,
  resting: ReadonlySet<string>,
): readonly DoorRow[] {
  const left = rows.filter((row) => isToDo(row) && row.door.id !== here.door.id);
  const awake = left.filter(({ door }) => !resting.has(door.id));
  return awake.length > 0 ? awake : left;
}

/** The next door of the building that one is in, or the first of it that was passed over. */
export function nextBeside(left: readonly DoorRow[], here: DoorRow): DoorRow | undefined {
  const beside = left.filter(({ building }) => building.id === here.building.id);
  return beside.find(({ door }) => door.position > here.door.position) ?? beside[0];
}

/** True while nothing was passed over: the list's own order is the way on. */
export function isInOrder(rows: readonly DoorRow[], here: DoorRow): boolean {
  return rows.every((row) => !isToDo(row) || row.door.position >= here.door.position);
}
