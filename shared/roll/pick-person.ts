import { compareHomes, type PlainHome } from './compare-homes.ts';
import { compareNames, type PlainName } from './compare-names.ts';

/** Somebody of the roll who may be meant. */
export interface Candidate {
  readonly key: number;
  /** The same for records that are known to be one person's. */
  readonly person: number;
  readonly name: PlainName;
  readonly home: PlainHome;
}

/** Whom a row of a file is about: one person surely enough, or nobody, and why. */
export type Picked =
  | { readonly kind: 'one'; readonly key: number; readonly score: number; readonly exact: boolean }
  | { readonly kind: 'several'; readonly keys: readonly number[] }
  | { readonly kind: 'none' };

/** Below this nobody is taken for the person of the row. */
export const LEAST_SCORE = 0.8;
/** Whoever fits worse than the best by less than this might be meant as well. */
export const MARGIN = 0.1;
/** A price that is none: nothing differs. */
const NONE = 0.005;

/**
 * Picks the person of a row among those who live at its house number. Every difference of name or
 * home has a price, the score is what is left of 1. Two who cannot be told apart are both left: what
 * is not sure is never guessed. Who fits to the letter is not in doubt because of somebody who nearly does.
 */
export function pickPerson(
  name: PlainName,
  home: PlainHome,
  candidates: readonly Candidate[],
): Picked {
  const priced = candidates
    .map(({ key, person, name: other, home: there }) => ({
      key,
      person,
      price: compareNames(name, other) + compareHomes(home, there),
    }))
    .filter(({ price }) => price <= 1 - LEAST_SCORE + 1e-9)
    .sort((a, b) => a.price - b.price || a.key - b.key);
  const [best] = priced;
  if (best === undefined) return { kind: 'none' };
  const exact = best.price < NONE;
  const rivals = priced.filter(({ price }) =>
    exact ? price < NONE : price - best.price < MARGIN - 1e-9,
  );
  if (rivals.some(({ person }) => person !== best.person))
    return { kind: 'several', keys: rivals.map(({ key }) => key) };
  return { kind: 'one', key: best.key, score: Math.round((1 - best.price) * 100) / 100, exact };
}
