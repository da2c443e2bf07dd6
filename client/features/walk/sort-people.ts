import type { Person } from '#shared/model/person.ts';

function rank(person: Person): number {
  if (person.kind === 'resident') return 2;
  return person.target ? 0 : 1;
}

/** Those whom we came for first, then others of the roll, then residents; else as they stand. */
export function sortPeople(people: readonly Person[]): readonly Person[] {
  return [...people].sort((a, b) => rank(a) - rank(b));
}
