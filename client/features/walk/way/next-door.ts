import type { DoorRow } from '../door-row.ts';

/** True of a door to go to: nobody was there yet, or the time has come at which they want us back. */
export const isToDo = ({ standing, dueAt }: DoorRow): boolean =>
  standing === 'to-do' || (dueAt !== undefined && dueAt <= Date.now());

/** The door whose knock was taken back, while it is to do again; else null. */
export function backDoor(rows: readonly DoorRow[], undone: string | null): DoorRow | null {
  if (undone === null) return null;
  return rows.find((row) => row.door.id === undone && isToDo(row)) ?? null;
}

/**
 * The door to go to after the one at `position`: the next one of the list that is still to do, or
 * else the first one that was passed over; null when all are done. `position` 0 is the start. What
 * was found on the way has a high number and stands at its building: the list's order counts.
 */
export function nextDoor(rows: readonly DoorRow[], position: number): DoorRow | null {
  const here = rows.findIndex((row) => row.door.position === position);
  let passed: DoorRow | null = null;
  for (const [index, row] of rows.entries()) {
    if (!isToDo(row) || index === here) continue;
    if (here < 0 ? row.door.position > position : index > here) return row;
    passed ??= row;
  }
  return passed;
}
