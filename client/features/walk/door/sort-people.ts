import type { Person } from '#shared/model/person.ts';

/** Somebody whom the universe chose; a person met at the door is welcome, not chosen. */
export function isTarget(person: Pick<Person, 'kind' | 'target'>): boolean {
  return person.target && person.kind === 'voter';
}

function rank(person: Person): number {
  if (person.kind === 'resident') return 2;
  return person.target ? 0 : 1;
}

/** Those whom we came for first, then others of the roll, then residents; else as they stand. */
export function sortPeople(people: readonly Person[]): readonly Person[] {
  return [...people].sort((a, b) => rank(a) - rank(b));
}
