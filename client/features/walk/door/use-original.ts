import type { CorrectedField } from '#shared/model/field-words.ts';
import type { Person } from '#shared/model/person.ts';
import type { DoorRow } from '../door-row.ts';
import { useWalk } from '../walk-context.ts';

/** Somebody as the roll names them, or as they were added, whatever was put right since. */
export function useOriginal(
  row: DoorRow,
  person: Pick<Person, 'id'>,
): Partial<Readonly<Record<CorrectedField, string>>> | null {
  const { sheet, stateOf } = useWalk();
  const listed = sheet.people.find(({ id }) => id === person.id);
  if (listed !== undefined) {
    const { firstName, lastName, phone } = listed;
    return { firstName, lastName, phone: phone ?? '' };
  }
  const met = stateOf(row.door.id)?.residents.find(({ personId }) => personId === person.id);
  return met === undefined ? null : { firstName: met.firstName, lastName: met.lastName };
}
