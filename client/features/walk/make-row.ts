import { comeBackAt } from '#shared/canvass/come-back-at.ts';
import type { DoorState } from '#shared/canvass/door-state.ts';
import type { WalkDoor } from '../../store/fold-walk.ts';
import type { DoorRow, LastKnock } from './door-row.ts';
import { whyGone } from './lock/why-gone.ts';
import type { Place } from './sent/place-of.ts';
import { sortPeople } from './door/sort-people.ts';

function lastKnockOf(state: DoorState): LastKnock | null {
  const last = state.lastKnock ?? state.earlier.at(-1);
  if (last === undefined) return null;
  const what = last.outcome.kind === 'contact' ? 'contact' : last.outcome.result;
  const comeBack = last.outcome.kind === 'result' ? last.outcome.comeBack : undefined;
  return {
    what,
    ...(comeBack && { comeBack }),
    at: last.at.ms,
    times: state.knocks.length + state.earlier.length,
    thisTurf: state.lastKnock !== null,
  };
}

function dueOf({ lastKnock, standing }: DoorState): number | null {
  if (standing !== 'not-home' || lastKnock?.outcome.kind !== 'result') return null;
  const { comeBack } = lastKnock.outcome;
  return comeBack === undefined ? null : comeBackAt(comeBack, lastKnock.at);
}

function makeRow({ door, building, people, state }: WalkDoor, place: Place | null): DoorRow {
  const dueAt = dueOf(state);
  return {
    door,
    building,
    ...(dueAt !== null && { dueAt }),
    people: sortPeople(people),
    gone: new Set(people.filter((one) => whyGone(state, one) !== null).map(({ id }) => id)),
    refusing: state.refusing,
    allRefuse: state.allRefuse,
    standing: state.standing,
    last: lastKnockOf(state),
    litDropped: state.litDropped,
    place,
  };
}

/**
 * Makes the function that gives the rows of the list. A door that did not change keeps its row as
 * the same object, so that only what changed is drawn again.
 */
export function makeRowMaker(): (
  doors: readonly WalkDoor[],
  places: ReadonlyMap<string, Place>,
) => readonly DoorRow[] {
  const kept = new WeakMap<WalkDoor, DoorRow>();
  return (doors, places) =>
    doors.map((door) => {
      const place = places.get(door.door.id) ?? null;
      const before = kept.get(door);
      if (before?.place === place) return before;
      const row = makeRow(door, place);
      kept.set(door, row);
      return row;
    });
}
