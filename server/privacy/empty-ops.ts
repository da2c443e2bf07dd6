import { hash } from 'node:crypto';
import type { Transaction } from 'kysely';
import { type Emptied, emptyFact } from '#shared/privacy/empty-fact.ts';
import { emptyFollowUps } from '../chapter/follow-ups.ts';
import type { Tables } from '../store/tables.ts';

/** A fact of the log as it is emptied. */
export interface OpToEmpty {
  readonly seq: number;
  readonly door_key: number;
  readonly body: string;
  readonly sha256: Uint8Array;
  readonly was_sha256: Uint8Array | null;
}

export const OP_TO_EMPTY = ['seq', 'door_key', 'body', 'sha256', 'was_sha256'] as const;

/** More values than this no statement takes. */
const AT_ONCE = 500;

/** Turfs with these doors get a new version, so that each phone fetches them anew and whole. */
export async function renewTurfs(
  trx: Transaction<Tables>,
  doorKeys: Iterable<number>,
): Promise<void> {
  const keys = [...new Set(doorKeys)];
  const turfs = new Set<Tables['turfs']['id']>();
  for (let at = 0; at < keys.length; at += AT_ONCE) {
    const rows = await trx
      .selectFrom('turf_doors')
      .select('turf_id')
      .distinct()
      .where('door_key', 'in', keys.slice(at, at + AT_ONCE))
      .where('removed_seq', 'is', null)
      .execute();
    for (const { turf_id: id } of rows) turfs.add(id);
  }
  for (const id of turfs) {
    await trx
      .updateTable('turfs')
      .set((row) => ({ version: row('version', '+', 1) }))
      .where('id', '=', id)
      .execute();
  }
}

/** Puts other bytes in a fact's place; what it was is known by its own hash for ever. */
export async function rewriteOp(
  trx: Transaction<Tables>,
  { seq, sha256, was_sha256: was }: OpToEmpty,
  body: string,
): Promise<void> {
  await trx
    .updateTable('ops')
    .set({ body, sha256: hash('sha256', body, 'buffer'), was_sha256: was ?? sha256 })
    .where('seq', '=', seq)
    .execute();
  // What universes ask was folded from the fact as it was.
  await trx.deleteFrom('field_of').execute();
}

/**
 * Takes out of facts what they said of somebody. The facts stay, with their number, kind, door and
 * moment, so that no count changes; phones drop what they hold of them when they fetch their turf
 * again. Gives how many were changed. Call renewTurfs for their doors.
 */
export async function emptyOps(
  trx: Transaction<Tables>,
  ops: readonly OpToEmpty[],
  what: readonly Emptied[],
): Promise<number> {
  const emptied: number[] = [];
  for (const op of ops) {
    const body = emptyFact(op.body, what);
    if (body === null) continue;
    await rewriteOp(trx, op, body);
    emptied.push(op.seq);
  }
  await emptyFollowUps(trx, emptied);
  return emptied.length;
}
