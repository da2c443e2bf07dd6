import type { DoorRow } from './door-row.ts';

/**
 * The door to go to after the one at `position`: the next one of the walk that is still to do, or
 * else the first one that was passed over; null when all are done. `position` 0 is the start.
 */
export function nextDoor(rows: readonly DoorRow[], position: number): DoorRow | null {
  let passed: DoorRow | null = null;
  for (const row of rows) {
    if (row.standing !== 'to-do' || row.door.position === position) continue;
    if (row.door.position > position) return row;
    passed ??= row;
  }
  return passed;
}
