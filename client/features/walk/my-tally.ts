import type { DoorState } from '#shared/canvass/door-state.ts';
import type { MemberId } from '#shared/kernel/ids.ts';

export interface MyTally {
  /** Doors that I knocked at least once. */
  readonly doors: number;
  /** Knocks of mine at which somebody spoke with us. */
  readonly contacts: number;
  /** Doors of mine where the last knock found nobody. */
  readonly notHome: number;
}

/** What one canvasser did in this turf. */
export function myTally(states: readonly (DoorState | null)[], me: MemberId | null): MyTally {
  let doors = 0;
  let contacts = 0;
  let notHome = 0;
  for (const state of states) {
    const mine = state?.knocks.filter((knock) => knock.actorId === me) ?? [];
    if (mine.length > 0) doors += 1;
    contacts += mine.filter((knock) => knock.outcome.kind === 'contact').length;
    const last = mine.at(-1)?.outcome;
    if (last?.kind === 'result' && last.result === 'not-home') notHome += 1;
  }
  return { doors, contacts, notHome };
}
