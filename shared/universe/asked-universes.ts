import type { UniverseId } from '../kernel/ids.ts';
import { problem } from '../kernel/problem.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { MOST_STEPS_IN_ALL } from '../model/step-words.ts';
import type { Step } from '../model/universe-step.ts';

/** A saved universe as others may ask for it: its steps, or null when its people are kept. */
export interface SavedSteps {
  readonly id: UniverseId;
  readonly name: string;
  readonly steps: readonly Step[] | null;
}

export const asksFor = (steps: readonly Step[]): UniverseId[] =>
  steps.flatMap(({ who }) => (who.kind === 'universe' ? [who.id] : []));

/** How many of these in one list cost about as much as a step. */
const [ELECTIONS, DISTRICTS, WORDS] = [10, 25, 250];

/** For how many steps one counts: a database asks of each person for each election of a list. */
function weightOf({ who }: Step): number {
  const of = (list: readonly string[], each: number): number =>
    Math.max(1, Math.ceil(list.length / each));
  if (who.kind === 'votes') return of(who.elections, ELECTIONS);
  if (who.kind === 'district') return of(who.values, DISTRICTS);
  return who.kind === 'layer' ? of(who.words, WORDS) : 1;
}

/**
 * The universes that steps ask for, also by way of others. `own` is the universe whose steps they are,
 * null for one that is not saved. Problems: universe-gone, universe-circle for one that would ask for
 * itself, universe-steps when there are too many in all, long
 * lists of elections or districts counted as several.
 */
export function askedUniverses(
  steps: readonly Step[],
  saved: readonly SavedSteps[],
  own: UniverseId | null,
): Result<ReadonlyMap<UniverseId, readonly Step[] | null>> {
  const byId = new Map(saved.map((one) => [one.id, one]));
  const found = new Map<UniverseId, readonly Step[] | null>();
  // What each takes with all that it asks for: asked for twice it is asked twice.
  const sizes = new Map<UniverseId, number>();
  const visit = (list: readonly Step[], path: readonly UniverseId[]): Result<number> => {
    let size = list.reduce((sum, step) => sum + weightOf(step), 0);
    for (const id of asksFor(list)) {
      const one = byId.get(id);
      if (path.includes(id)) return fail(problem('universe-circle', { name: one?.name ?? '' }));
      if (one === undefined) return fail(problem('universe-gone'));
      const known = sizes.get(id);
      if (known !== undefined) {
        size += known;
        continue;
      }
      found.set(id, one.steps);
      const inner = one.steps === null ? ok(1) : visit(one.steps, [...path, id]);
      if (!inner.ok) return inner;
      sizes.set(id, inner.value);
      size += inner.value;
    }
    return ok(size);
  };
  const size = visit(steps, own === null ? [] : [own]);
  if (!size.ok) return size;
  if (size.value > MOST_STEPS_IN_ALL) {
    return fail(problem('universe-steps', { count: size.value, limit: MOST_STEPS_IN_ALL }));
  }
  return ok(found);
}
