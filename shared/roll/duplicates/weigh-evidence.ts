import type { Evidence } from '../../model/duplicate-evidence.ts';
import type { RecordTable } from './record-table.ts';

/**
 * Weights are bits: how much likelier two records of one person are to agree like that than two
 * records of two people (Fellegi and Sunter 1969). They add up to the odds.
 */
type Weights = {
  readonly [F in 'last' | 'first' | 'middle' | 'suffix' | 'birth' | 'sex' | 'phone' | 'email']: {
    readonly [A in Evidence[F]]: number;
  };
};

/**
 * Behind one door a family's name says nothing, and a given name much: fathers and sons who share one
 * are told apart by their years before anything is weighed.
 */
const AT_DOOR: Weights = {
  last: { same: 1, part: 1, typo: 0.5, unknown: -1, other: -3 },
  first: { same: 6.5, nickname: 5, typo: 4, middle: 2.5, initial: 2.5, unknown: 0, other: -9 },
  middle: { same: 3, initial: 2, unknown: 0, other: -5 },
  suffix: { same: 2, none: 0, one: -1, other: -15 },
  birth: { same: 5, near: 3.5, unknown: 0, typo: 1, other: -2, generation: -15 },
  sex: { same: 0.5, unknown: 0, other: -5 },
  phone: { same: 1, unknown: 0, other: -0.5 },
  email: { same: 4, unknown: 0, other: -0.5 },
};

/** Elsewhere: for `same` names see rarity, which takes the place of these zeros. */
const ELSEWHERE: Weights = {
  last: { same: 0, part: -2, typo: -5, unknown: -3, other: -5 },
  first: { same: 0, nickname: -1.5, typo: -4, middle: -3, initial: -5, unknown: -6, other: -9 },
  middle: { same: 5.5, initial: 3.3, unknown: 0, other: -6 },
  suffix: { same: 3, none: 0, one: -1.5, other: -15 },
  birth: { same: 6, near: 4.5, unknown: 0, typo: -2, other: -7, generation: -15 },
  sex: { same: 0, unknown: 0, other: -5 },
  phone: { same: 9, unknown: 0, other: -0.5 },
  email: { same: 12, unknown: 0, other: -0.5 },
};

/** One of so many pairs behind a door is one person. */
const DOOR_ODDS = -6.5;
/** Of a roll's people one in some hundreds is in it twice: of all pairs, 2 to the power of this by N. */
const ROLL_ODDS = -6.6;
const HOUSE_ODDS = -7;
/** Names of a family or of a people come together: more than this a name is not worth. */
const MOST_LAST = 14;
const MOST_FIRST = 10;
/** A name that is met once may be met more often in the next roll. */
const SMOOTH = { added: 1, of: 500 };

/** What a pair can have at most, however much agrees; none of these is left to a rule. */
function mostFor({ birth, first, last, suffix, place }: Evidence): number {
  if (suffix === 'one' && birth !== 'same') return 0.6;
  if (birth === 'unknown') return 0.9;
  if (birth === 'typo' || birth === 'other') return 0.95;
  if (first !== 'same' && first !== 'nickname') return 0.97;
  if (last === 'other' && place !== 'door') return 0.95;
  return 0.999;
}

/** The weight of votes in the same elections, which one person casts once. */
const PER_VOTE = -1;
const MOST_VOTES = -3;

/** Weighs evidence by how rare the names of a roll are. */
export class EvidenceScale {
  readonly #table: RecordTable;
  readonly #houses = new Map<number, number>();

  constructor(table: RecordTable) {
    this.#table = table;
    for (let i = 0; i < table.size; i++) {
      const house = table.building[i] ?? 0;
      this.#houses.set(house, (this.#houses.get(house) ?? 0) + 1);
    }
  }

  /** The odds that two records are of one person, in bits. */
  weigh(a: number, b: number, evidence: Evidence): number {
    const { place } = evidence;
    const weights = place === 'door' ? AT_DOOR : ELSEWHERE;
    let bits =
      weights.last[evidence.last] +
      weights.first[evidence.first] +
      weights.middle[evidence.middle] +
      weights.suffix[evidence.suffix] +
      weights.birth[evidence.birth] +
      weights.sex[evidence.sex] +
      weights.phone[evidence.phone] +
      weights.email[evidence.email];
    if (place === 'door') return bits + DOOR_ODDS;
    if (place === 'building') {
      const people = this.#houses.get(this.#table.building[a] ?? 0) ?? 2;
      bits += HOUSE_ODDS - Math.log2(people);
      return (
        bits + Math.min(6, this.#rarityOfLast(a, b, evidence)) + this.#rarityOfFirst(a, b, evidence)
      );
    }
    bits += ROLL_ODDS - Math.log2(Math.max(2, this.#table.size));
    return bits + this.#rarityOfLast(a, b, evidence) + this.#rarityOfFirst(a, b, evidence);
  }

  #rarityOfLast(a: number, b: number, { last: how }: Evidence): number {
    if (how === 'other' || how === 'unknown') return 0;
    const { last, lasts } = this.#table;
    return Math.min(MOST_LAST, this.#bits(countOf(last, lasts.entries, a, b)));
  }

  #rarityOfFirst(a: number, b: number, { first: how }: Evidence): number {
    if (how === 'other' || how === 'unknown' || how === 'initial') return 0;
    const { first, firsts } = this.#table;
    return Math.min(MOST_FIRST, this.#bits(countOf(first, firsts.entries, a, b)));
  }

  #bits(count: number): number {
    const share = (count + SMOOTH.added) / (this.#table.size + SMOOTH.of);
    return Math.log2(0.95 / share);
  }
}

/** How many have the commoner of two names. */
function countOf(
  column: Int32Array,
  names: readonly { readonly count: number }[],
  a: number,
  b: number,
): number {
  return Math.max(names[column[a] ?? 0]?.count ?? 0, names[column[b] ?? 0]?.count ?? 0);
}

/**
 * A score from 0 to 1 out of odds in bits: the chance that they are one person, as far as a voter file
 * can tell. Where votes say otherwise it is less; `alike` when both are said to have voted in exactly
 * the same elections, as where a record was copied with its history.
 */
export function scoreOf(bits: number, evidence: Evidence, alike = false): number {
  const against = alike ? PER_VOTE : Math.max(MOST_VOTES, evidence.votes * PER_VOTE);
  const odds = evidence.votes === 0 ? bits : bits + against;
  const chance = 1 / (1 + 2 ** -odds);
  return Math.floor(Math.min(mostFor(evidence), chance) * 1000) / 1000;
}
