import { expect, test } from 'vitest';
import type { PersonId } from '#shared/kernel/ids.ts';
import type { Person } from '#shared/model/person.ts';
import { onlyPerson } from './only-person.ts';

const [ana, ben] = ['ana', 'ben'].map((id) => ({ id }) as Person) as [Person, Person];
const gone = (...people: readonly Person[]): ReadonlySet<PersonId> =>
  new Set(people.map(({ id }) => id));

test('one person at a door is whom it is about', () => {
  expect(onlyPerson({ people: [ana], gone: gone() })).toBe('ana');
});

test('of several, and of nobody, none is picked', () => {
  expect(onlyPerson({ people: [ana, ben], gone: gone() })).toBeNull();
  expect(onlyPerson({ people: [], gone: gone() })).toBeNull();
});

test('whoever moved away leaves the other as the only one, and nobody is picked who is gone', () => {
  expect(onlyPerson({ people: [ana, ben], gone: gone(ana) })).toBe('ben');
  expect(onlyPerson({ people: [ana], gone: gone(ana) })).toBeNull();
});
