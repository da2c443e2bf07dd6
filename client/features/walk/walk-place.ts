import { useSyncExternalStore } from 'react';

/**
 * Where on the walk the person is: the number of the door they last worked on, 0 at the start.
 * Lives as long as the page; after a fresh start the latest own knock tells it again.
 */
let place: number | null = null;
const listeners = new Set<() => void>();

export function setWalkPlace(position: number): void {
  place = position;
  for (const listener of listeners) listener();
}

/** Null until a door was worked on or opened since the app was started. */
export function useWalkPlace(): number | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => place,
  );
}
