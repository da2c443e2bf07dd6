import type { Building } from '#shared/model/door.ts';

/** An address as one line, e.g. `12 Alder Street, 3A`. */
export function addressLine(building: Pick<Building, 'number' | 'street'>, unit: string): string {
  const street = `${building.number} ${building.street}`.trim();
  return unit === '' ? street : `${street}, ${unit}`;
}

/** Words whose direction is their own inside a sentence: what `<bdi>` does, in a text. */
export const apart = (words: string): string => `\u2068${words}\u2069`;

/** A person's name as one line. */
export function fullName(person: {
  readonly firstName: string;
  readonly lastName: string;
}): string {
  return `${person.firstName} ${person.lastName}`.trim();
}
