import type { Kysely, Selectable } from 'kysely';
import type { TurfId, UniverseId } from '#shared/kernel/ids.ts';
import { problem, type Problem } from '#shared/kernel/problem.ts';
import type { KeepPlan, KeepTurf } from '#shared/model/turf-plan.ts';
import type { Tables } from '../store/tables.ts';
import { UNSEEN } from './stage-turfs.ts';

type Row = Selectable<Tables['turfs']>;
/** Ids asked about in one query. */
const IDS = 2000;

/** What of the turfs there are decides whether a plan may be written, for comparing. */
export async function markTurfs(db: Kysely<Tables>, universeId: UniverseId): Promise<string> {
  const rows = await db
    .selectFrom('turfs')
    .select(['id', 'version', 'state', 'closed_at'])
    .where('universe_id', '=', universeId)
    .where((of) => of.or([of('closed_at', 'is', null), of('closed_at', '<>', UNSEEN)]))
    .orderBy('id')
    .execute();
  return JSON.stringify(rows.map((row) => Object.values(row)));
}

/** The turfs that a plan names, as they are. */
export async function readNamed(
  db: Kysely<Tables>,
  { turfs, removed }: KeepPlan,
): Promise<ReadonlyMap<TurfId, Row>> {
  const ids = [...turfs, ...removed].map(({ id }) => id);
  const rows = new Map<TurfId, Row>();
  for (let from = 0; from < ids.length; from += IDS) {
    const part = ids.slice(from, from + IDS);
    const found = await db.selectFrom('turfs').selectAll().where('id', 'in', part).execute();
    for (const row of found) if (row.closed_at !== UNSEEN) rows.set(row.id, row);
  }
  return rows;
}

/** What is to be done with a turf of a plan, or why nothing is. */
export type Step = 'write' | 'maybe-kept' | Problem;

/** The same, one version later: this wish may have come before, and its answer been lost. */
function looksKept(row: Row, wish: KeepTurf): boolean {
  return (
    row.version === wish.version + 1 &&
    row.name === wish.name &&
    row.hue === wish.hue &&
    row.outline === JSON.stringify(wish.outline) &&
    row.about === (wish.about === null ? null : JSON.stringify(wish.about))
  );
}

/** Whether a turf may be written as wished, over the version that its writer saw. */
export function stepFor(row: Row | undefined, wish: KeepTurf, universeId: UniverseId): Step {
  if (row === undefined) {
    return wish.version === 0 ? 'write' : problem('turf-taken-over', { turf: wish.name });
  }
  if (row.universe_id !== universeId) return problem('not-found');
  if (row.state !== 'draft' || row.closed_at !== null) {
    return problem('turf-fixed', { turf: row.name });
  }
  if (row.version === wish.version) return 'write';
  if (looksKept(row, wish)) return 'maybe-kept';
  return problem('turf-taken-over', { turf: row.name });
}

/** Why a turf may not be removed; null when it may, or is gone already. */
export function removalProblem(
  row: Row | undefined,
  version: number,
  universeId: UniverseId,
): Problem | null {
  if (row === undefined) return null;
  if (row.universe_id !== universeId) return problem('not-found');
  if (row.state !== 'draft' || row.closed_at !== null) {
    return problem('turf-fixed', { turf: row.name });
  }
  return row.version === version ? null : problem('turf-taken-over', { turf: row.name });
}

/** True when each of these turfs holds the very doors that it should, in their order. */
export async function haveDoors(
  db: Kysely<Tables>,
  turfs: readonly { readonly wish: KeepTurf; readonly doors: readonly number[] }[],
): Promise<boolean> {
  for (const { wish, doors } of turfs) {
    const rows = await db
      .selectFrom('turf_doors')
      .select('door_key')
      .where('turf_id', '=', wish.id)
      .where('removed_seq', 'is', null)
      .orderBy('position')
      .execute();
    if (rows.length !== doors.length) return false;
    if (!rows.every(({ door_key: key }, index) => key === doors[index])) return false;
  }
  return true;
}
