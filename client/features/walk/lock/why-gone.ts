import type { DoorState } from '#shared/canvass/door-state.ts';
import type { Person } from '#shared/model/person.ts';

/**
 * Why somebody lives at a door no more, as far as we were told there last; null: nobody said so. Of
 * a family of whom all moved the knock names nobody: it means those whom the roll names.
 */
export function whyGone(
  state: Pick<DoorState, 'earlier' | 'knocks'> | null,
  person: Pick<Person, 'id' | 'kind'>,
): 'moved' | 'deceased' | null {
  if (state === null) return null;
  const last = [...state.earlier, ...state.knocks]
    .filter(
      ({ personId, outcome }) =>
        personId === person.id ||
        (personId === null &&
          person.kind === 'voter' &&
          outcome.kind === 'result' &&
          outcome.result === 'moved'),
    )
    .reduce<DoorState['knocks'][number] | null>(
      (before, one) => (before === null || one.at.ms >= before.at.ms ? one : before),
      null,
    );
  if (last?.outcome.kind !== 'result') return null;
  const { result } = last.outcome;
  return result === 'moved' || result === 'deceased' ? result : null;
}
