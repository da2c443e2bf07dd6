import type { DoorState } from '#shared/canvass/door-state.ts';

/**
 * The language that was last spoken with somebody, or else with anybody at their door: chosen for a
 * conversation, or told with a language barrier. Null where nobody said so.
 */
export function spokenAt(
  state: Pick<DoorState, 'knocks' | 'earlier'> | null,
  personId: string,
): string | null {
  if (state === null) return null;
  const told = [...state.earlier, ...state.knocks]
    .filter(({ outcome }) => outcome.language !== undefined)
    .toSorted((a, b) => a.at.ms - b.at.ms);
  const last = told.findLast((knock) => knock.personId === personId) ?? told.at(-1);
  return last?.outcome.language ?? null;
}
