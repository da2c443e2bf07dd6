import type { DoorRow } from './door-row.ts';

/**
 * The door to go to after the one at `position`: the next one of the list that is still to do, or
 * else the first one that was passed over; null when all are done. `position` 0 is the start. What
 * was found on the way has a high number and stands at its building: the list's order counts.
 */
export function nextDoor(rows: readonly DoorRow[], position: number): DoorRow | null {
  const here = rows.findIndex((row) => row.door.position === position);
  let passed: DoorRow | null = null;
  for (const [index, row] of rows.entries()) {
    if (row.standing !== 'to-do' || index === here) continue;
    if (here < 0 ? row.door.position > position : index > here) return row;
    passed ??= row;
  }
  return passed;
}
