import type { Transaction } from 'kysely';
import type { MemberId, PersonId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { AuditActor } from '#shared/model/audit.ts';
import type { KeepApart, MergeTwo, UnmergeOne } from '#shared/model/duplicates.ts';
import { appendAudit, byMember } from '../audit/append-audit.ts';
import type { StaffActor } from '../chapter/actor.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { evidenceOf } from '../store/duplicate-rows.ts';
import { readGroup } from '../store/merged-people.ts';
import type { Tables } from '../store/tables.ts';
import { mergeTwo } from './merge-two.ts';
import { takeApart } from './take-apart.ts';

type Trx = Transaction<Tables>;

/** Who decides about duplicates; `memberId` null: the command line. */
export interface Decider {
  readonly db: ChapterDb;
  readonly actor: AuditActor;
  readonly memberId: MemberId | null;
}

export const decidedBy = ({ db, member }: StaffActor): Decider => ({
  db,
  actor: byMember({ member }),
  memberId: member.id,
});

/** A record by its id; nobody under 18 is found. */
export async function findRecord(trx: Trx, id: PersonId): Promise<number | null> {
  const row = await trx
    .selectFrom('people')
    .leftJoin('voters', 'voters.person_key', 'people.key')
    .select('people.key')
    .where('people.id', '=', id)
    .where('voters.adult_on', 'is', null)
    .executeTakeFirst();
  return row?.key ?? null;
}

const inOrder = (a: number, b: number): readonly [number, number] => (a < b ? [a, b] : [b, a]);

/** What the last search said of a pair. */
async function readProposed(trx: Trx, keep: number, lose: number) {
  const [low, high] = inOrder(keep, lose);
  const row = await trx
    .selectFrom('duplicate_pairs')
    .select(['score', 'reasons'])
    .where('low_key', '=', low)
    .where('high_key', '=', high)
    .executeTakeFirst();
  if (row === undefined) return { score: null, evidence: null };
  return { score: row.score, evidence: evidenceOf(row) };
}

/** Merges two records by hand. Problems: not-found, already-merged, kept-apart. */
export function mergeByHand(
  { db, actor, memberId }: Decider,
  { keep, lose }: MergeTwo,
  now: number,
): Promise<Result<null>> {
  return db.write(async (trx): Promise<Result<null>> => {
    const [winner, loser] = [await findRecord(trx, keep), await findRecord(trx, lose)];
    if (winner === null || loser === null) return fail(problem('not-found'));
    const proposed = await readProposed(trx, winner, loser);
    const wish = { keep: winner, lose: loser, how: 'hand', by: memberId, at: now } as const;
    const merged = await mergeTwo(trx, { ...wish, ...proposed });
    if (!merged.ok) return merged;
    const details = { with: lose, how: 'hand', score: proposed.score };
    await appendAudit(trx, { at: now, kind: 'people-merged', actor, subject: keep, details });
    return ok(null);
  });
}

/**
 * Takes a merged record apart from the one into which it went; one into which others went, from all of
 * those. Problems: not-found, not-merged.
 */
export function unmergeByHand(
  { db, actor, memberId }: Decider,
  { id, apart }: UnmergeOne,
  now: number,
): Promise<Result<{ readonly parted: number }>> {
  return db.write(async (trx): Promise<Result<{ readonly parted: number }>> => {
    const row = await trx
      .selectFrom('people')
      .select('key')
      .where('id', '=', id)
      .executeTakeFirst();
    if (row === undefined) return fail(problem('not-found'));
    const edges = (column: 'loser_key' | 'winner_key') =>
      trx.selectFrom('person_merges').selectAll().where(column, '=', row.key).execute();
    let merges = await edges('loser_key');
    if (merges.length === 0) merges = await edges('winner_key');
    if (merges.length === 0) return fail(problem('not-merged'));
    for (const merge of merges) {
      await takeApart(trx, merge, apart ? { by: memberId, at: now } : null);
    }
    const details = { records: merges.length, apart };
    await appendAudit(trx, { at: now, kind: 'merge-taken-back', actor, subject: id, details });
    return ok({ parted: merges.length });
  });
}

/**
 * Remembers that two records are two people's, or forgets it. Problems: not-found, already-merged.
 */
export function keepApart(
  { db, actor, memberId }: Decider,
  wish: KeepApart,
  now: number,
): Promise<Result<null>> {
  return db.write(async (trx): Promise<Result<null>> => {
    const [one, other] = [await findRecord(trx, wish.one), await findRecord(trx, wish.other)];
    if (one === null || other === null || one === other) return fail(problem('not-found'));
    const [low, high] = inOrder(one, other);
    if (wish.apart) {
      const { keys } = await readGroup(trx, one);
      if (keys.includes(other)) return fail(problem('already-merged'));
      await trx
        .insertInto('not_same')
        .values({ low_key: low, high_key: high, by_member: memberId, at: now })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    } else {
      await trx
        .deleteFrom('not_same')
        .where('low_key', '=', low)
        .where('high_key', '=', high)
        .execute();
    }
    await appendAudit(trx, {
      at: now,
      kind: 'people-kept-apart',
      actor,
      subject: wish.one,
      details: { from: wish.other, apart: wish.apart },
    });
    return ok(null);
  });
}
