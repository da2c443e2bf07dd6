import type { Who } from '#shared/roll/read-who.ts';

/**
 * The words by which a row that was left out is found again when its person is erased: last and first
 * name, plain, and the number of the house.
 */
export function whoText(last: string, first: string, number: string): string {
  return `${last}|${first}|${number}`;
}

/** The same of a row; of one without a name its id. */
export function whoOf({ id, person }: Who): string {
  if (person === null) return `#${id}`;
  return whoText(person.name.last, person.name.first, person.home.number);
}
