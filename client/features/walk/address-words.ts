import type { Building } from '#shared/model/door.ts';

/** An address as one line, e.g. `12 Alder Street, 3A`. */
export function addressLine(building: Pick<Building, 'number' | 'street'>, unit: string): string {
  const street = `${building.number} ${building.street}`.trim();
  return unit === '' ? street : `${street}, ${unit}`;
}

/** A person's name as one line. */
export function fullName(person: {
  readonly firstName: string;
  readonly lastName: string;
}): string {
  return `${person.firstName} ${person.lastName}`.trim();
}
