import type { DoorState } from './door-state.ts';

/** The doors still to be knocked, in the order given: neither knocked, served nor off limits. */
export function remainingDoors<T extends { readonly state: DoorState }>(doors: readonly T[]): T[] {
  return doors.filter((door) => door.state.standing === 'to-do');
}
