import { problem } from '../../kernel/problem.ts';
import { fail, ok, type Result } from '../../kernel/result.ts';
import type { CutDoor, CutOptions, UncutReason } from './cut.ts';

/** More doors than any county has. */
export const MOST_DOORS = 1_000_000;

export interface CheckedDoors {
  /** Those with a place and free, in an order that does not depend on the input's. */
  readonly doors: readonly CutDoor[];
  readonly uncut: readonly { readonly id: string; readonly reason: UncutReason }[];
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const hasPlace = ({ lon, lat }: CutDoor, planar: boolean): boolean =>
  lon !== null &&
  lat !== null &&
  Number.isFinite(lon) &&
  Number.isFinite(lat) &&
  (planar || (Math.abs(lon) <= 180 && Math.abs(lat) <= 85));

const badCount = (value: number | undefined): boolean =>
  value !== undefined && !(Number.isFinite(value) && value >= 0 && value <= 100_000);

/**
 * Checks what a cut is asked for, and sets aside the doors that cannot be cut, each with its reason.
 * Problems: `cut-size`, `cut-tolerance`, `cut-turfs`, `cut-empty`, `cut-too-many`, `cut-double-id`,
 * `cut-households`.
 */
export function checkCut(doors: readonly CutDoor[], options: CutOptions): Result<CheckedDoors> {
  const { size, tolerance = 0.1, turfs, locked = new Set<string>(), planar = false } = options;
  if (turfs === undefined && !(Number.isFinite(size) && size >= 1 && size <= 100_000)) {
    return fail(problem('cut-size', { size: String(size) }));
  }
  if (turfs !== undefined && !(Number.isInteger(turfs) && turfs >= 1 && turfs <= 100_000)) {
    return fail(problem('cut-turfs', { turfs: String(turfs) }));
  }
  if (!(tolerance >= 0 && tolerance <= 1)) {
    return fail(problem('cut-tolerance', { tolerance: String(tolerance) }));
  }
  if (doors.length === 0) return fail(problem('cut-empty'));
  if (doors.length > MOST_DOORS) {
    return fail(problem('cut-too-many', { doors: doors.length, most: MOST_DOORS }));
  }
  const ids = new Set<string>();
  for (const door of doors) {
    if (ids.has(door.id)) return fail(problem('cut-double-id', { id: door.id }));
    ids.add(door.id);
    if (badCount(door.households) || badCount(door.people)) {
      return fail(problem('cut-households', { id: door.id }));
    }
  }
  const taken = new Set(
    doors.flatMap(({ id, building }) => (locked.has(id) && building ? [building] : [])),
  );
  const free: CutDoor[] = [];
  const uncut: { id: string; reason: UncutReason }[] = [];
  for (const door of [...doors].sort((a, b) => compare(a.id, b.id))) {
    if (locked.has(door.id)) uncut.push({ id: door.id, reason: 'locked' });
    else if (door.building && taken.has(door.building))
      uncut.push({ id: door.id, reason: 'building-locked' });
    else if (!hasPlace(door, planar)) uncut.push({ id: door.id, reason: 'no-place' });
    else free.push(door);
  }
  return ok({ doors: free, uncut });
}
