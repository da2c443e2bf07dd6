import { useSyncExternalStore } from 'react';
import type { DoorRow } from '../door-row.ts';
import { backDoor, nextDoor } from './next-door.ts';
import type { WalkView } from '../walk-context.ts';
import { useBackTo } from '../walk-place.ts';

type Walk = Pick<WalkView, 'rows' | 'sheet'>;

/** What knows the streets; fetched a moment after the list is there, and never waited for. */
export interface WayOn {
  /** The right next door after the one at `position`; undefined while it is not known. */
  readonly after: (walk: Walk, position: number) => DoorRow | undefined;
  /** Finds it out before it is asked for. */
  readonly prepare: (walk: Walk, position: number) => void;
}

let way: WayOn | null = null;
let turn = 0;
const listeners = new Set<() => void>();

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The way on is here, or has found something out. */
export function tellWayOn(found: WayOn): void {
  way = found;
  turn += 1;
  for (const listener of listeners) listener();
}

export function prepareNextDoor(walk: Walk, position: number): void {
  way?.prepare(walk, position);
}

/**
 * The door to go to after the one at `position`: the next of the list while the walk is in its order,
 * the nearest by the streets once doors were skipped or done out of turn, null when all are done.
 * After an undo it is the door that was undone.
 */
export function useNextDoor(walk: Walk, position: number): DoorRow | null {
  useSyncExternalStore(subscribe, () => turn);
  const back = backDoor(walk.rows, useBackTo());
  return back ?? way?.after(walk, position) ?? nextDoor(walk.rows, position);
}
