import type { Person } from '#shared/model/person.ts';
import type { PaperDoor } from './read-turf-paper.ts';

/** Whom a sheet names at a door, and how many more live there who are not to be asked for. */
export interface PeopleToAsk {
  readonly people: readonly Person[];
  /** Who asked not to be contacted at all. */
  readonly alone: number;
  /** Who said that nobody may come to the door. */
  readonly refusing: number;
}

/** The people of a door as they are printed: nobody by name who is to be left alone, or not visited. */
export function peopleToAsk({ people, state }: PaperDoor): PeopleToAsk {
  const isAlone = ({ id, doNotContact }: Person): boolean =>
    doNotContact || state.people.get(id)?.doNotContact === true;
  const others = people.filter((person) => !isAlone(person));
  const named = others.filter(({ id }) => !state.refusing.has(id));
  return {
    people: named,
    alone: people.length - others.length,
    refusing: others.length - named.length,
  };
}
