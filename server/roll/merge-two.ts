import type { Transaction } from 'kysely';
import type { MemberId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { Evidence } from '#shared/model/duplicate-evidence.ts';
import { renewTurfs } from '../privacy/empty-ops.ts';
import { askKysely } from '../store/ask-sql.ts';
import { markGroup } from '../store/mark-opt-outs.ts';
import { readGroup, refreshMerged, rootOf } from '../store/merged-people.ts';
import type { Tables } from '../store/tables.ts';

type Trx = Transaction<Tables>;

/** Two people to be one, and how that came about. */
export interface MergeWish {
  readonly keep: number;
  readonly lose: number;
  readonly how: 'hand' | 'rule';
  readonly by: MemberId | null;
  readonly score: number | null;
  readonly evidence: Evidence | null;
  readonly at: number;
}

/** A merge as it was written down. */
export interface Merged {
  readonly winner: number;
  readonly loser: number;
}

/** The pairs of two groups that somebody said are two people. */
export async function findApart(
  trx: Trx,
  ones: readonly number[],
  others: readonly number[],
): Promise<{ low_key: number; high_key: number }[]> {
  return trx
    .selectFrom('not_same')
    .select(['low_key', 'high_key'])
    .where((where) =>
      where.or([
        where.and([where('low_key', 'in', ones), where('high_key', 'in', others)]),
        where.and([where('low_key', 'in', others), where('high_key', 'in', ones)]),
      ]),
    )
    .execute();
}

/** Phones that hold a turf with one of their doors take it anew. */
export async function renewDoorsOf(trx: Trx, people: readonly number[]): Promise<void> {
  const rows = await trx
    .selectFrom('people')
    .select('door_key')
    .where('key', 'in', people)
    .execute();
  await renewTurfs(
    trx,
    rows.map((row) => row.door_key),
  );
}

/**
 * Makes two people one, with all who are one with either: the record of `keep` is shown, as long as a
 * roll has it. Nothing of either is changed. A wish of one of them not to be contacted is everybody's
 * from here on, also under a number that a later roll brings. Problems: already-merged; kept-apart,
 * where somebody said of two of them that they are two people, unless they are the very two whom a
 * person merges now.
 */
export async function mergeTwo(trx: Trx, wish: MergeWish): Promise<Result<Merged>> {
  const { keep, lose, how, by, score, evidence, at } = wish;
  const [one, other] = [await readGroup(trx, keep), await readGroup(trx, lose)];
  if (one.keys.includes(lose)) return fail(problem('already-merged'));
  const apart = await findApart(trx, one.keys, other.keys);
  const [low, high] = [Math.min(keep, lose), Math.max(keep, lose)];
  const second = apart.filter((row) => row.low_key !== low || row.high_key !== high);
  if (second.length > 0 || (apart.length > 0 && how === 'rule')) {
    return fail(problem('kept-apart'));
  }
  await trx
    .deleteFrom('not_same')
    .where('low_key', '=', low)
    .where('high_key', '=', high)
    .execute();
  const winner = rootOf(one.keys, one.edges);
  const loser = rootOf(other.keys, other.edges);
  const { seq } = await trx.selectFrom('clock').select('seq').executeTakeFirstOrThrow();
  await trx
    .insertInto('person_merges')
    .values({
      loser_key: loser,
      winner_key: winner,
      by_member: by,
      how,
      score,
      reasons: JSON.stringify(evidence),
      at,
      seq,
    })
    .execute();
  await refreshMerged(trx, [winner]);
  await markGroup(askKysely(trx), winner, at);
  await renewDoorsOf(trx, [...one.keys, ...other.keys]);
  return ok({ winner, loser });
}
