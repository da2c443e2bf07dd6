import { words } from '#shared/roll/column.ts';
import { TextTable } from '../store/text-table.ts';

/**
 * The votes of files apart from the roll: eight bytes a vote and some twenty a voter, where lists of
 * pairs took two hundred, since a state's history has tens of millions.
 */
export class VotesByVoter {
  readonly #voterAt = new TextTable();
  /** Of each voter: the first vote, by its place from 1; 0: none. */
  readonly #first = words();
  readonly #way = words();
  /** Of each vote: the same voter's next one; 0: none. */
  readonly #next = words();
  readonly #ways: (readonly [election: string, method: string])[] = [];
  readonly #wayAt = new Map<string, Map<string, number>>();

  /** Notes a vote, unless one of this voter in the same election is known. */
  add(id: string, election: string, method: string): void {
    const voter = this.#voter(id);
    let last = 0;
    for (let at = this.#first.at(voter); at > 0; at = this.#next.at(at - 1)) {
      if (this.#ways[this.#way.at(at - 1)]?.[0] === election) return;
      last = at;
    }
    this.#way.push(this.#wayOf(election, method));
    this.#next.push(0);
    const added = this.#way.length;
    if (last === 0) this.#first.put(voter, added);
    else this.#next.put(last - 1, added);
  }

  /** The votes of a voter in the order in which they came. */
  each(id: string, take: (election: string, method: string) => void): void {
    if (this.#way.length === 0) return;
    const voter = this.#voterAt.get(id);
    if (voter < 0) return;
    for (let at = this.#first.at(voter); at > 0; at = this.#next.at(at - 1)) {
      const way = this.#ways[this.#way.at(at - 1)];
      if (way !== undefined) take(way[0], way[1]);
    }
  }

  #voter(id: string): number {
    const known = this.#voterAt.get(id);
    if (known >= 0) return known;
    this.#voterAt.set(id, this.#first.length);
    this.#first.push(0);
    return this.#first.length - 1;
  }

  #wayOf(election: string, method: string): number {
    let methods = this.#wayAt.get(election);
    if (methods === undefined) this.#wayAt.set(election, (methods = new Map<string, number>()));
    let way = methods.get(method);
    if (way === undefined) {
      way = this.#ways.push([election, method]) - 1;
      methods.set(method, way);
    }
    return way;
  }
}
