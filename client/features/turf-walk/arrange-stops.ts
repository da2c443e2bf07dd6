import type { DoorId } from '#shared/kernel/ids.ts';
import type { TurfStop, TurfWalk } from '#shared/model/turf-walk.ts';

/** The doors of stops in their order. */
export function doorsOf(stops: readonly TurfStop[]): DoorId[] {
  return stops.flatMap(({ doors }) => doors.map(({ doorId }) => doorId));
}

/** The same stops with one of them in another place. */
export function moveStop(stops: readonly TurfStop[], from: number, to: number): TurfStop[] {
  const moved = stops[from];
  if (moved === undefined) return [...stops];
  const rest = stops.filter((_, index) => index !== from);
  return [...rest.slice(0, to), moved, ...rest.slice(to)];
}

/** A walk's stops in the order of a hand, numbered anew, before the server has looked at it. */
export function arrangeStops(walk: TurfWalk, byHand: readonly DoorId[] | null): TurfWalk {
  if (byHand === null) return walk;
  const place = new Map(byHand.map((door, at) => [door, at]));
  const placeOf = ({ doors }: TurfStop): number =>
    Math.min(...doors.map(({ doorId }) => place.get(doorId) ?? Infinity));
  let position = 0;
  const stops = [...walk.stops]
    .sort((a, b) => placeOf(a) - placeOf(b))
    .map((stop, at) => ({
      ...stop,
      number: at + 1,
      doors: stop.doors.map((door) => ({ ...door, position: ++position })),
    }));
  return { ...walk, stops };
}
