import type { DoorRow } from '../door-row.ts';

/** The number of the door that was knocked last, to go on from there; 0 when none was. */
export function latestPosition(rows: readonly DoorRow[]): number {
  let at = -Infinity;
  let position = 0;
  for (const row of rows) {
    if (row.last === null || !row.last.thisTurf || row.last.at <= at) continue;
    at = row.last.at;
    position = row.door.position;
  }
  return position;
}
