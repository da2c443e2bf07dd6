import type { Position } from '../model/geojson.ts';
import type { WalkDoor } from './group-stops.ts';
import { orderWalk, type Walk, type WalkOptions } from './order-walk.ts';

/** Where a walk stands. */
export interface WalkState {
  /** Doors that are done, whatever came of it. */
  readonly done: ReadonlySet<string>;
  /** Where one stands now: the last door by its id, or what the phone says. */
  readonly at: Position | string;
  /** Where one wants to be in the end: a door's id. */
  readonly lastDoor?: string;
}

/**
 * The rest of a walk, from where one stands, once doors were skipped or done out of turn: its
 * first door is the right next one. Empty when nothing is left. The door that one stands at is no
 * part of it. For a turf of 60 doors it is computed anew in milliseconds.
 */
export function walkOn(
  doors: readonly WalkDoor[],
  { done, at, lastDoor }: WalkState,
  options: WalkOptions = {},
): Walk {
  const here = typeof at === 'string' ? at : null;
  const left = doors.filter(({ id }) => id === here || !done.has(id));
  const walk = orderWalk(left, {
    ...options,
    ...(typeof at === 'string' ? { firstDoor: at } : { start: at }),
    ...(lastDoor === undefined ? {} : { lastDoor }),
  });
  const kept = walk.order.map((id) => id !== here);
  return {
    ...walk,
    order: walk.order.filter((_, index) => kept[index]),
    stops: walk.stops.filter((_, index) => kept[index]),
  };
}

/** The next door of a walk, or null when all are done. */
export function nextDoor(
  doors: readonly WalkDoor[],
  state: WalkState,
  options: WalkOptions = {},
): string | null {
  return walkOn(doors, state, options).order[0] ?? null;
}
