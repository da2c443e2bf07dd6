import type { Kysely } from 'kysely';
import type { CampaignId, TurfId, UniverseId } from '#shared/kernel/ids.ts';
import { takeSeq } from '../store/clock.ts';
import { insertRows } from '../store/insert-rows.ts';
import type { Tables } from '../store/tables.ts';
import type { ResolvedTurf } from './resolve-plan.ts';

type Trx = Kysely<Tables>;

/** Turfs of one statement: their outlines are long. */
const TURFS = 50;
/** Ids of one statement. */
const IDS = 500;

/** What turfs of a plan belong to. */
export interface PlanOwner {
  readonly universeId: UniverseId;
  readonly campaignId: CampaignId;
}

export interface PlanParts {
  readonly removed: readonly TurfId[];
  readonly turfs: readonly ResolvedTurf[];
}

/**
 * Writes a plan whose doors were found before: drafts alone, which nobody has ever held, so that rows
 * of doors that leave need not stay. Runs in one transaction.
 */
export async function writePlan(
  trx: Trx,
  owner: PlanOwner,
  { removed, turfs }: PlanParts,
  now: number,
): Promise<void> {
  const old = turfs.filter(({ wish }) => wish.version > 0);
  // Another name or outline makes no walk longer: what was measured of the same doors stays.
  const walked = await readSameDoors(trx, old);
  const fresh = turfs.filter(({ wish }) => wish.version === 0);
  for (let from = 0; from < removed.length; from += IDS) {
    // Doors and people go with them.
    const part = removed.slice(from, from + IDS);
    await trx.deleteFrom('turfs').where('id', 'in', part).execute();
  }
  await clearTurfs(
    trx,
    old.map(({ wish }) => wish.id),
  );
  for (const turf of old) {
    await trx
      .updateTable('turfs')
      .set({ ...columnsOf(turf), version: turf.wish.version + 1 })
      .$if(!walked.has(turf.wish.id), (update) => update.set({ on_foot: null }))
      .where('id', '=', turf.wish.id)
      .execute();
  }
  await insertTurfs(trx, owner, fresh, { now, place: 0, closedAt: null });
  await insertDoors(trx, turfs, now);
}

/** Rows of new turfs; `place` is that of the first in its plan. */
export async function insertTurfs(
  trx: Trx,
  { universeId, campaignId }: PlanOwner,
  turfs: readonly ResolvedTurf[],
  at: { readonly now: number; readonly place: number; readonly closedAt: number | null },
): Promise<void> {
  const rows = turfs.map((turf, index) => ({
    ...columnsOf(turf),
    id: turf.wish.id,
    campaign_id: campaignId,
    universe_id: universeId,
    state: 'draft' as const,
    version: 1,
    on_foot: null,
    // Turfs are listed by when they were made: those of one plan in the plan's order.
    created_at: at.now + at.place + index,
    published_at: null,
    closed_at: at.closedAt,
  }));
  for (let from = 0; from < rows.length; from += TURFS) {
    await trx
      .insertInto('turfs')
      .values(rows.slice(from, from + TURFS))
      .execute();
  }
}

/** Which doors and people turfs have that have none yet. */
export async function insertDoors(
  trx: Trx,
  turfs: readonly ResolvedTurf[],
  now: number,
): Promise<void> {
  const seq = await takeSeq(trx, 1);
  // In the order of the tables' keys.
  const sorted = [...turfs].sort((a, b) => (a.wish.id < b.wish.id ? -1 : 1));
  await insertRows(
    trx,
    'turf_doors',
    {
      turf_id: 'text',
      door_key: 'bigint',
      position: 'bigint',
      added_seq: 'bigint',
      added_at: 'bigint',
    },
    sorted.flatMap(({ wish, doors }) =>
      doors.map((key, index) => [wish.id, key, index + 1, seq, now]),
    ),
  );
  await insertRows(
    trx,
    'turf_targets',
    { turf_id: 'text', person_key: 'bigint' },
    sorted.flatMap(({ wish, people }) => people.map((key) => [wish.id, key])),
  );
}

function columnsOf({ wish, towers }: ResolvedTurf) {
  return {
    name: wish.name,
    hue: wish.hue,
    outline: JSON.stringify(wish.outline),
    about: wish.about === null ? null : JSON.stringify(wish.about),
    towers: towers.length === 0 ? null : JSON.stringify(towers),
  };
}

/** Those of some turfs that hold the very doors that they shall hold, in whatever order. */
async function readSameDoors(
  trx: Trx,
  turfs: readonly ResolvedTurf[],
): Promise<ReadonlySet<TurfId>> {
  const same = new Set<TurfId>();
  for (const { wish, doors } of turfs) {
    const rows = await trx
      .selectFrom('turf_doors')
      .select('door_key')
      .where('turf_id', '=', wish.id)
      .where('removed_seq', 'is', null)
      .execute();
    const held = new Set(rows.map(({ door_key: key }) => key));
    if (rows.length === doors.length && doors.every((key) => held.has(key))) same.add(wish.id);
  }
  return same;
}

async function clearTurfs(trx: Trx, ids: readonly TurfId[]): Promise<void> {
  for (let from = 0; from < ids.length; from += IDS) {
    const part = ids.slice(from, from + IDS);
    await trx.deleteFrom('turf_doors').where('turf_id', 'in', part).execute();
    await trx.deleteFrom('turf_targets').where('turf_id', 'in', part).execute();
  }
}
