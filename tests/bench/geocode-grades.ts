import type { MatchedAddress } from '#shared/roll/match-address.ts';
import { metresBetween } from '#shared/roll/metres-between.ts';

/** Farther from the truth than this is another house's place. In metres. */
const NEAR = 100;
/** Two points of the list that share a place, as rear houses do. */
const SAME = 15;

type Say = (
  figure: string,
  value: number,
  unit: string,
  against: string,
  goal: number,
  n: number,
) => void;

interface Tally {
  readonly metres: number[];
  right: number;
  wrong: number;
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** What became of some addresses whose true place is known. */
export class Grades {
  readonly #grades = new Map<string, Tally>();
  readonly #kinds = new Map<string, { right: number; wrong: number; none: number }>();
  #asked = 0;

  /**
   * A match on another point than the true one is wrong, if it is not at the same place; without a
   * true point, one that is far from the true place.
   */
  add(
    match: MatchedAddress,
    truth: readonly [number, number],
    addressId: string | null,
    kind = '',
  ): void {
    this.#asked++;
    const kinds = this.#kinds.get(kind) ?? { right: 0, wrong: 0, none: 0 };
    this.#kinds.set(kind, kinds);
    const { lon, lat, grade } = match;
    if (lon === null || lat === null) return void kinds.none++;
    const tally = this.#grades.get(grade) ?? { metres: [], right: 0, wrong: 0 };
    this.#grades.set(grade, tally);
    const metres = metresBetween([lon, lat], truth);
    tally.metres.push(metres);
    const bothKnown = addressId !== null && match.addressId !== null;
    const right = bothKnown ? match.addressId === addressId || metres <= SAME : metres <= NEAR;
    tally[right ? 'right' : 'wrong']++;
    kinds[right ? 'right' : 'wrong']++;
  }

  tell(say: Say): void {
    const placed = [...this.#grades.values()].reduce((sum, { metres }) => sum + metres.length, 0);
    say('placed', placed / this.#asked, 'share', 'all', 1, this.#asked);
    for (const [grade, { metres, right }] of this.#grades) {
      const sorted = metres.sort((a, b) => a - b);
      const n = sorted.length;
      say(`${grade}_share`, n / this.#asked, 'share', 'all', 1, this.#asked);
      say(`${grade}_right`, right / n, 'share', 'all', 1, n);
      say(`${grade}_median`, quantile(sorted, 0.5), 'm', 'a house’s width', 15, n);
      say(`${grade}_p90`, quantile(sorted, 0.9), 'm', 'a house’s width', 15, n);
      say(`${grade}_p99`, quantile(sorted, 0.99), 'm', 'a house’s width', 15, n);
    }
    for (const [kind, { right, wrong, none }] of this.#kinds) {
      const n = right + wrong + none;
      if (kind === '') continue;
      say(`${kind}: right`, right / n, 'share', 'all', 1, n);
      say(`${kind}: wrong`, wrong / n, 'share', 'none', 1, n);
    }
  }
}
