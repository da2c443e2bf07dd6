import { setImmediate } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { TurfId } from '#shared/kernel/ids.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { Tables } from '../store/tables.ts';
import type { ResolvedTurf } from './resolve-plan.ts';
import { insertDoors, insertTurfs, type PlanOwner } from './write-plan.ts';

/**
 * `closed_at` of a turf that is being written, or taken down, and that nobody sees: like one that was
 * closed it is in no universe's way.
 */
export const UNSEEN = 0;
/** Rows that one turn writes: some tens of milliseconds, for which a push may wait. */
export const ROWS_AT_ONCE = 600;
/** Turfs of one turn when they are taken down. */
const TURFS = 25;
/** What has lain unseen for so long was left by a server that fell over. */
export const ABANDONED_MS = 15 * 60_000;

/** How many rows a turf comes to. */
export const rowsOf = ({ doors, people }: ResolvedTurf): number => doors.length + people.length + 1;

/** True for so much that others would wait for it, were it written in one turn. */
export function isTooMuch(
  turfs: readonly ResolvedTurf[],
  removed: number,
  most = ROWS_AT_ONCE,
): boolean {
  return turfs.reduce((sum, turf) => sum + rowsOf(turf), 0) > most || removed > TURFS;
}

function endOfTurn(turfs: readonly ResolvedTurf[], from: number, most: number): number {
  let rows = 0;
  const end = turfs.findIndex((turf, at) => at >= from && (rows += rowsOf(turf)) >= most);
  return end < 0 ? turfs.length : end + 1;
}

/** Writes new turfs, unseen, in short turns among the chapter's writers. */
export async function stageTurfs(
  db: ChapterDb,
  owner: PlanOwner,
  turfs: readonly ResolvedTurf[],
  now: number,
  most = ROWS_AT_ONCE,
): Promise<void> {
  for (let from = 0; from < turfs.length;) {
    const end = endOfTurn(turfs, from, most);
    const part = turfs.slice(from, end);
    await db.write(async (trx) => {
      await insertTurfs(trx, owner, part, { now, place: from, closedAt: UNSEEN });
      await insertDoors(trx, part, now);
    });
    await setImmediate();
    from = end;
  }
}

/** Takes down turfs that nobody sees, in short turns. */
export async function dropUnseen(db: ChapterDb, ids: readonly TurfId[]): Promise<void> {
  for (let from = 0; from < ids.length; from += TURFS) {
    const part = ids.slice(from, from + TURFS);
    await db.write((trx) =>
      trx.deleteFrom('turfs').where('id', 'in', part).where('closed_at', '=', UNSEEN).execute(),
    );
    await setImmediate();
  }
}

/**
 * Takes down what a server that fell over has left: what has lain there for long, and whatever stands
 * where these new turfs are to be.
 */
export async function dropAbandoned(
  db: ChapterDb,
  ids: readonly TurfId[],
  now: number,
): Promise<void> {
  const rows = await db.read
    .selectFrom('turfs')
    .select(['id', 'created_at'])
    .where('closed_at', '=', UNSEEN)
    .execute();
  const named = new Set(ids);
  const old = rows.filter(({ id, created_at: at }) => named.has(id) || at < now - ABANDONED_MS);
  await dropUnseen(
    db,
    old.map(({ id }) => id),
  );
}

/** From here on these turfs are seen. */
export function showTurfs(trx: Kysely<Tables>, ids: readonly TurfId[]): Promise<void> {
  return setSeen(trx, ids, { closed_at: null });
}

/** From here on nobody sees these turfs; `created_at` says since when. */
export function hideTurfs(trx: Kysely<Tables>, ids: readonly TurfId[], now: number): Promise<void> {
  return setSeen(trx, ids, { closed_at: UNSEEN, created_at: now });
}

async function setSeen(
  trx: Kysely<Tables>,
  ids: readonly TurfId[],
  columns: { readonly closed_at: number | null; readonly created_at?: number },
): Promise<void> {
  for (let from = 0; from < ids.length; from += 500) {
    const part = ids.slice(from, from + 500);
    await trx.updateTable('turfs').set(columns).where('id', 'in', part).execute();
  }
}
