import { useSyncExternalStore } from 'react';

/**
 * Where on the walk the person is: the number of the door they last worked on, 0 at the start.
 * Lives as long as the page; after a fresh start the latest own knock tells it again.
 */
let place: number | null = null;
/** The door whose knock was taken back: while it is to do again, it is the next one. */
let backTo: string | null = null;
const listeners = new Set<() => void>();

/**
 * As `setWalkPlace`, to be told with whatever is drawn next: the door that goes and the next one that
 * comes are then one drawing and not two.
 */
export function noteWalkPlace(position: number): void {
  place = position;
}

export function setWalkPlace(position: number): void {
  place = position;
  backTo = null;
  for (const listener of listeners) listener();
}

/** What was done at a door was taken back: the way leads to it again. */
export function goBackTo(door: string): void {
  backTo = door;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The door to go back to after an undo; null when there is none. */
export function useBackTo(): string | null {
  return useSyncExternalStore(subscribe, () => backTo);
}

/** Null until a door was worked on or opened since the app was started. */
export function useWalkPlace(): number | null {
  return useSyncExternalStore(subscribe, () => place);
}
