import type { PersonId, TagId } from '../kernel/ids.ts';
import type { Operation } from '../model/operation.ts';
import { compareFacts } from './effective-facts.ts';

/**
 * The tags that each person carries, out of facts that stand: what was said last of a tag counts.
 * The same for any order and repetition of the facts. Tags come in the order of their ids; nobody
 * without one is in it.
 */
export function personTags(facts: Iterable<Operation>): ReadonlyMap<PersonId, readonly TagId[]> {
  const said = new Map<PersonId, Map<TagId, boolean>>();
  for (const fact of [...facts].sort(compareFacts)) {
    if (fact.type !== 'tag' || fact.emptied === true) continue;
    const { personId, tag, on } = fact.payload;
    const own = said.get(personId) ?? new Map<TagId, boolean>();
    said.set(personId, own.set(tag, on));
  }
  return new Map(
    [...said].flatMap(([person, tags]) => {
      const carried = [...tags].flatMap(([tag, on]) => (on ? [tag] : [])).sort();
      return carried.length === 0 ? [] : [[person, carried] as const];
    }),
  );
}
