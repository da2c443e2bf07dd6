import type { PersonId } from '#shared/kernel/ids.ts';
import type { DoorRow } from '../door-row.ts';

/**
 * Whom a result is about when nobody says: the one person who lives at the door as far as we know;
 * null when there are several, or nobody. Whoever moved away or died does not count.
 */
export function onlyPerson({ people, gone }: Pick<DoorRow, 'people' | 'gone'>): PersonId | null {
  const here = people.filter(({ id }) => !gone.has(id));
  return here.length === 1 ? (here[0]?.id ?? null) : null;
}
