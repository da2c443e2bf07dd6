import { makeId, type TurfId } from '#shared/kernel/ids.ts';
import type { NewTurf, Plan } from '#shared/turf/plan/plan.ts';

const randomBytes = (count: number): Uint8Array => crypto.getRandomValues(new Uint8Array(count));

/** An id for a turf that is made here, as its key. */
export function newKey(): string {
  return makeId<TurfId>(Date.now(), randomBytes);
}

/**
 * Ids and names for turfs that an edit makes: one more than the highest number that a name of the
 * plan ends with. `say` writes the name.
 */
export function turfNamer(plan: Plan, say: (number: number) => string): (place: number) => NewTurf {
  const numbers = plan.turfs.map(({ name }) => Number(/(\d{1,6})$/.exec(name)?.[1] ?? 0));
  const first = numbers.reduce((most, number) => Math.max(most, number), 0) + 1;
  return (place) => ({ key: newKey(), name: say(first + place) });
}
