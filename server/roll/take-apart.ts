import { sql, type Transaction } from 'kysely';
import type { MemberId } from '#shared/kernel/ids.ts';
import { asksNoContact } from '#shared/canvass/door-state.ts';
import { readLogged } from '../sync/read-logged.ts';
import { askKysely } from '../store/ask-sql.ts';
import {
  MARKABLE,
  MARKABLE_JOINS,
  type Markable,
  markGroup,
  marksOf,
  readSuppressKey,
} from '../store/mark-opt-outs.ts';
import { readGroup, refreshMerged, rootOf } from '../store/merged-people.ts';
import { renewDoorsOf } from './merge-two.ts';
import { markName } from '../store/suppression-mark.ts';
import type { Tables } from '../store/tables.ts';

type Trx = Transaction<Tables>;
type Edge = Pick<Tables['person_merges'], 'loser_key' | 'winner_key' | 'at' | 'seq'>;

interface Wish {
  readonly person_key: number;
  readonly op_id: Tables['opt_outs']['op_id'];
  readonly at: number;
}

/** The people of one side with the opt-outs that stand under their own names. */
interface Side {
  readonly root: number;
  readonly keys: readonly number[];
}

function readWishes(trx: Trx, keys: readonly number[]): Promise<Wish[]> {
  return trx.selectFrom('opt_outs').selectAll().where('person_key', 'in', keys).execute();
}

/**
 * The wishes that were said while the two were one: whose of both nobody can tell, so that they stay
 * with both (law 6).
 */
async function findSaidOfBoth(trx: Trx, keys: readonly number[], seq: number): Promise<Wish[]> {
  const { rows } = await sql<{
    person_key: number;
    body: string;
    eff_hlc: string | null;
    at: number;
  }>`select o.person_key, o.body, o.eff_hlc, o.received_at as at from ops o
    where o.seq > ${seq} and o.type = 'knock' and o.person_key in (${sql.join(keys)})
    order by o.seq`.execute(trx);
  return rows.flatMap((row) => {
    const fact = readLogged(row);
    return asksNoContact(fact)
      ? [{ person_key: row.person_key, op_id: fact.opId, at: row.at }]
      : [];
  });
}

async function optOut(trx: Trx, key: number, { op_id, at }: Wish): Promise<void> {
  await trx
    .insertInto('opt_outs')
    .values({ person_key: key, op_id, at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function readMarkables(trx: Trx, keys: readonly number[]): Promise<Markable[]> {
  const list = keys.join(', ');
  return askKysely(trx)<Markable>(
    `select ${MARKABLE} from people p ${MARKABLE_JOINS} where p.key in (${list})`,
  );
}

/**
 * Takes back what a merge lent one side of the other's wish: marks that were made since, but for those
 * that the other side has too, and what an import concluded from them.
 */
async function takeBackLent(trx: Trx, side: Side, other: Side, since: number): Promise<void> {
  const wishes = await readWishes(trx, side.keys);
  const own = wishes.filter(({ op_id: op, at }) => op !== '' || at < since);
  if (own.length > 0) return;
  const key = await readSuppressKey(askKysely(trx));
  const marks = async (keys: readonly number[]) =>
    (await readMarkables(trx, keys)).flatMap((who) => marksOf(key, who));
  const kept = new Set((await marks(other.keys)).map(({ mark }) => markName(mark)));
  const mine = await marks(side.keys);
  for (const { mark } of mine) {
    if (kept.has(markName(mark))) continue;
    await trx
      .deleteFrom('suppressions')
      .where('mark', '=', mark)
      .where('at', '>=', since)
      .execute();
  }
  if (wishes.length === 0 || mine.length === 0) return;
  const list = mine.map(({ mark }) => mark);
  const left = await trx
    .selectFrom('suppressions')
    .select('mark')
    .where('mark', 'in', list)
    .execute();
  if (left.length > 0) return;
  await trx.deleteFrom('opt_outs').where('person_key', 'in', side.keys).execute();
}

/**
 * Makes two people of one again: each has what was theirs before. Whoever had asked not to be
 * contacted before they were one stays so, and whoever asked while they were one stays so as both.
 * With `by` it is remembered that they are two, so that no search proposes them again.
 */
export async function takeApart(
  trx: Trx,
  edge: Edge,
  remember: { readonly by: MemberId | null; readonly at: number } | null,
): Promise<void> {
  const whole = await readGroup(trx, edge.loser_key);
  await trx.deleteFrom('person_merges').where('loser_key', '=', edge.loser_key).execute();
  const sideOf = async (key: number): Promise<Side> => {
    const { keys, edges } = await readGroup(trx, key);
    return { keys, root: rootOf(keys, edges) };
  };
  const sides = [await sideOf(edge.winner_key), await sideOf(edge.loser_key)] as const;
  for (const wish of await findSaidOfBoth(trx, whole.keys, edge.seq)) {
    for (const { root } of sides) await optOut(trx, root, wish);
  }
  await refreshMerged(
    trx,
    sides.map(({ root }) => root),
  );
  await takeBackLent(trx, sides[0], sides[1], edge.at);
  await takeBackLent(trx, sides[1], sides[0], edge.at);
  for (const { root } of sides) await markGroup(askKysely(trx), root, edge.at);
  if (remember !== null) {
    const [low_key, high_key] = [edge.loser_key, edge.winner_key].sort((a, b) => a - b);
    await trx
      .insertInto('not_same')
      .values({
        low_key: low_key ?? 0,
        high_key: high_key ?? 0,
        by_member: remember.by,
        at: remember.at,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  await renewDoorsOf(trx, whole.keys);
}
