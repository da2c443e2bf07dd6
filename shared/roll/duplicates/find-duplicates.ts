import { type Evidence, LEAST_SCORE } from '../../model/duplicate-evidence.ts';
import { type BlockStep, blockRecords } from './block-records.ts';
import { RecordComparer } from './compare-records.ts';
import type { RecordTable } from './record-table.ts';
import { EvidenceScale, scoreOf } from './weigh-evidence.ts';

/** Two records that may be of one person. */
export interface DuplicatePair {
  /** Keys of the records, the smaller one first. */
  readonly low: number;
  readonly high: number;
  /** The odds in bits, see EvidenceScale. */
  readonly bits: number;
  readonly score: number;
  readonly evidence: Evidence;
}

/** What a search found: the likeliest pairs, best first, and how many there were in all. */
export interface FoundDuplicates {
  readonly pairs: readonly DuplicatePair[];
  readonly found: number;
  /** Records in blocks so large that only neighbours were compared. */
  readonly cut: number;
}

/** A roll of which more pairs are alike is copied twice over: they are counted no further. */
const MOST_COUNTED = 4_000_000;

const best = (a: DuplicatePair, b: DuplicatePair): number =>
  b.score - a.score || b.bits - a.bits || a.low - b.low || a.high - b.high;

/**
 * Looks for records of the same person in a roll, by name, year of birth, home, telephone and e-mail
 * address, and yields how far it is some hundred times a second. At most `most` pairs are kept,
 * whatever the roll: memory is bounded. Pairs below LEAST_SCORE are none.
 */
export function* findDuplicates(
  table: RecordTable,
  most: number,
): Generator<BlockStep, FoundDuplicates> {
  const comparer = new RecordComparer(table);
  const scale = new EvidenceScale(table);
  const seen = new Set<number>();
  let kept: DuplicatePair[] = [];
  let least = LEAST_SCORE;
  let cut = 0;
  const visit = (one: number, other: number): void => {
    const [a, b] = one < other ? [one, other] : [other, one];
    const evidence = comparer.compare(a, b);
    if (evidence === null) return;
    const bits = scale.weigh(a, b, evidence);
    const score = scoreOf(bits, evidence);
    if (score < LEAST_SCORE) return;
    const pair = a * table.size + b;
    if (seen.has(pair) || seen.size === MOST_COUNTED) return;
    seen.add(pair);
    if (score < least) return;
    const [x, y] = [table.key[a] ?? 0, table.key[b] ?? 0];
    kept.push({ low: Math.min(x, y), high: Math.max(x, y), bits, score, evidence });
    if (kept.length < 2 * most) return;
    kept = kept.sort(best).slice(0, most);
    least = kept.at(-1)?.score ?? least;
  };
  for (const step of blockRecords(table, visit)) {
    cut = step.cut;
    yield step;
  }
  return { pairs: kept.sort(best).slice(0, most), found: seen.size, cut };
}
