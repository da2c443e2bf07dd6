import type { DoorId } from '#shared/kernel/ids.ts';
import type { Knock } from '#shared/model/fact.ts';

/** A knock with a result and nothing more; '' for a door that a test knows to be there. */
export function makeKnock(
  doorId: string,
  result: 'not-home' | 'do-not-contact' = 'not-home',
): Knock {
  return {
    doorId: doorId as DoorId,
    personId: null,
    outcome: { kind: 'result', result },
    answers: [],
    note: null,
  };
}
