import { type Election, electionOfName } from '#shared/roll/election.ts';
import type { RollVoter } from '#shared/roll/roll-voter.ts';
import type { Vote } from '../store/roll-stage.ts';
import type { HistoryByVoter } from './read-history.ts';

const NO_VOTES: readonly number[] = [];

/**
 * The ways of voting of a roll, each an election with a method, by numbers from 0: a roll has a few
 * hundred of them and several times as many votes as people.
 */
export class VoteWays {
  readonly ways: Vote[] = [];
  readonly #history: HistoryByVoter;
  readonly #elections = new Map<string, Election>();
  /** The number of each way of voting in each election. */
  readonly #waysOf = new Map<string, Map<string, number>>();

  constructor(history: HistoryByVoter) {
    this.#history = history;
    for (const election of history.elections) this.#elections.set(election.name, election);
  }

  /** Every election that the roll or its history names. */
  elections(): Election[] {
    return [...this.#elections.values()];
  }

  /** How somebody voted, by the numbers of the ways: each election once, as it came first. */
  of({ sourceId, voted }: Pick<RollVoter, 'sourceId' | 'voted'>): readonly number[] {
    const ways: number[] = [];
    for (const [election, method] of voted) this.#add(ways, election, method);
    this.#history.each(sourceId, (election, method) => this.#add(ways, election, method));
    return ways.length === 0 ? NO_VOTES : ways;
  }

  #add(ways: number[], election: string, method: string): void {
    let methods = this.#waysOf.get(election);
    if (methods === undefined) {
      this.#waysOf.set(election, (methods = new Map<string, number>()));
      if (!this.#elections.has(election)) this.#elections.set(election, electionOfName(election));
    }
    let way = methods.get(method);
    if (way === undefined) {
      way = this.ways.push([election, method]) - 1;
      methods.set(method, way);
    }
    if (!ways.some((one) => one === way || this.ways[one]?.[0] === election)) ways.push(way);
  }
}
