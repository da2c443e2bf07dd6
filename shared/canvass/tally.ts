import type { Tally } from '../model/turf.ts';
import type { DoorKnock, DoorState } from './door-state.ts';

/** The latest support level of each person in this turf; a knock that names nobody counts by door. */
function supportOf(state: DoorState): number[] {
  const latest = new Map<string, number>();
  for (const knock of state.knocks) {
    for (const { given } of knock.answers) {
      if (given.kind === 'support') latest.set(knock.personId ?? state.doorId, given.level);
    }
  }
  return [...latest.values()];
}

function latestAt(knocks: readonly DoorKnock[], before: number | null): number | null {
  return knocks.reduce<number | null>(
    (latest, { at }) => (latest === null || at.ms > latest ? at.ms : latest),
    before,
  );
}

/** What has happened in one turf, out of the states of its doors. Times in ms since 1970. */
export function tallyDoors(states: Iterable<DoorState>): Tally {
  const support: [number, number, number, number, number] = [0, 0, 0, 0, 0];
  let doors = 0;
  let knocked = 0;
  let contacts = 0;
  let remaining = 0;
  let knocks = 0;
  let lastKnockAt: number | null = null;
  for (const state of states) {
    doors += 1;
    knocks += state.knocks.length;
    if (state.knocks.length > 0) knocked += 1;
    contacts += state.knocks.filter((knock) => knock.outcome.kind === 'contact').length;
    if (state.standing === 'to-do') remaining += 1;
    for (const level of supportOf(state)) support[level - 1] = (support[level - 1] ?? 0) + 1;
    lastKnockAt = latestAt(state.knocks, lastKnockAt);
  }
  return { doors, knocked, contacts, remaining, knocks, support, lastKnockAt };
}
