import type { Evidence } from '../../model/duplicate-evidence.ts';
import { editDistance } from '../edit-distance.ts';
import { isCommonGivenName } from './common-given-names.ts';
import type { NameEntry, RecordTable } from './record-table.ts';

/** Two people of one name in one house who are so many years apart are parent and child. */
const GENERATION = 12;
/** Pairs of names whose likeness is kept, so that each is measured once. */
const MOST_KEPT = 200_000;
/** A given name that so many have is no slip for another. */
const OWN_NAME = { least: 3, share: 2e-5 };

const at = (column: ArrayLike<number>, row: number): number => column[row] ?? 0;

/** Both are written by a machine or by hand, and differ by a slip. */
function isSlip(a: string, b: string): boolean {
  const shortest = Math.min(a.length, b.length);
  if (shortest < 4) return false;
  const most = shortest >= 8 ? 2 : 1;
  return editDistance(a, b, most) <= most;
}

/** Says how two records of a table agree. See Evidence. */
export class RecordComparer {
  readonly #table: RecordTable;
  readonly #firsts = new Map<number, Evidence['first']>();
  readonly #lasts = new Map<number, Evidence['last']>();

  constructor(table: RecordTable) {
    this.#table = table;
  }

  /** Null where two things say that they are two people, whatever else is alike. */
  compare(a: number, b: number): Evidence | null {
    const table = this.#table;
    const suffix = this.#suffix(a, b);
    if (suffix === 'other') return null;
    const birth = this.#birth(a, b);
    if (birth === 'generation') return null;
    const first = this.#first(a, b);
    if (first === 'other') return null;
    const same = (column: ArrayLike<number>): 'same' | 'unknown' | 'other' => {
      const [one, other] = [at(column, a), at(column, b)];
      if (one === 0 || other === 0) return 'unknown';
      return one === other ? 'same' : 'other';
    };
    // Whose middle name is the other's first has none left to compare.
    const middle =
      first === 'middle' ? 'unknown' : this.#middle(at(table.middle, a), at(table.middle, b));
    const place =
      at(table.door, a) === at(table.door, b)
        ? 'door'
        : at(table.building, a) === at(table.building, b)
          ? 'building'
          : 'other';
    return {
      last: this.#last(at(table.last, a), at(table.last, b)),
      first,
      middle,
      suffix,
      birth,
      sex: same(table.sex),
      place,
      phone: same(table.phone),
      email: same(table.email),
      votes: 0,
    };
  }

  #suffix(a: number, b: number): Evidence['suffix'] {
    const [one, other] = [at(this.#table.suffix, a), at(this.#table.suffix, b)];
    if (one === other) return one === 0 ? 'none' : 'same';
    return one === 0 || other === 0 ? 'one' : 'other';
  }

  #birth(a: number, b: number): Evidence['birth'] {
    const { born, about } = this.#table;
    const [one, other] = [at(born, a), at(born, b)];
    if (one === 0 || other === 0) return 'unknown';
    const apart = Math.abs(one - other);
    const exact = at(about, a) + at(about, b) === 0;
    if (apart === 0) return exact ? 'same' : 'near';
    if (apart === 1 && !exact) return 'near';
    if (apart >= GENERATION) return 'generation';
    return exact && editDistance(String(one), String(other), 1) <= 1 ? 'typo' : 'other';
  }

  #first(a: number, b: number): Evidence['first'] {
    const { first, middle, firsts } = this.#table;
    const [one, other] = [at(first, a), at(first, b)];
    if (one === 0 || other === 0) return 'unknown';
    const likeness = this.#likeFirst(one, other);
    if (likeness !== 'other') return likeness;
    const letter = (name: number): string => firsts.at(name).plain.slice(0, 1);
    /** `JAMES` or `JAMES R` beside `ROBERT JAMES`; a twin may well have a middle name of the family. */
    const goesBy = (name: number, own: number, formal: number, second: number): boolean =>
      name === second &&
      firsts.at(name).plain.length > 1 &&
      (own === 0 || letter(own) === letter(formal));
    const [own, second] = [at(middle, a), at(middle, b)];
    return goesBy(one, own, other, second) || goesBy(other, second, one, own) ? 'middle' : 'other';
  }

  #likeFirst(one: number, other: number): Evidence['first'] {
    if (one === other) return 'same';
    const pair = Math.min(one, other) * 2 ** 26 + Math.max(one, other);
    const kept = this.#firsts.get(pair);
    if (kept !== undefined) return kept;
    const { firsts } = this.#table;
    const [a, b] = [firsts.at(one), firsts.at(other)];
    let found: Evidence['first'] = 'other';
    if (a.parts.includes(other) || b.parts.includes(one)) found = 'nickname';
    else if (a.groups.some((group) => b.groups.includes(group))) found = 'nickname';
    else if (a.plain.length === 1 || b.plain.length === 1) {
      found = a.plain[0] === b.plain[0] ? 'initial' : 'other';
    } else if (!(this.#isOwnName(a) && this.#isOwnName(b)) && isSlip(a.plain, b.plain)) {
      found = 'typo';
    }
    keep(this.#firsts, pair, found);
    return found;
  }

  #isOwnName({ plain, groups, count }: NameEntry): boolean {
    if (groups.length > 0 || isCommonGivenName(plain)) return true;
    return count >= Math.max(OWN_NAME.least, OWN_NAME.share * this.#table.size);
  }

  #middle(one: number, other: number): Evidence['middle'] {
    if (one === 0 || other === 0) return 'unknown';
    if (one === other) return this.#table.firsts.at(one).plain.length > 1 ? 'same' : 'initial';
    const [a, b] = [this.#table.firsts.at(one).plain, this.#table.firsts.at(other).plain];
    if (a.length === 1 || b.length === 1) return a[0] === b[0] ? 'initial' : 'other';
    return isSlip(a, b) ? 'same' : 'other';
  }

  #last(one: number, other: number): Evidence['last'] {
    if (one === other) return one === 0 ? 'unknown' : 'same';
    if (one === 0 || other === 0) return 'unknown';
    const pair = Math.min(one, other) * 2 ** 26 + Math.max(one, other);
    const kept = this.#lasts.get(pair);
    if (kept !== undefined) return kept;
    const [a, b] = [this.#table.lasts.at(one), this.#table.lasts.at(other)];
    let found: Evidence['last'] = 'other';
    if (a.parts.some((part) => b.parts.includes(part))) found = 'part';
    else if (isSlip(a.plain, b.plain)) found = 'typo';
    keep(this.#lasts, pair, found);
    return found;
  }
}

function keep<T>(map: Map<number, T>, pair: number, found: T): void {
  if (map.size >= MOST_KEPT) map.clear();
  map.set(pair, found);
}
