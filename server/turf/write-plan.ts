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

export interface PlanParts {
  readonly universeId: UniverseId;
  readonly campaignId: CampaignId;
  readonly removed: readonly TurfId[];
  readonly turfs: readonly ResolvedTurf[];
}

/**
 * Writes a plan whose doors were found before: drafts alone, which nobody has ever held, so that rows
 * of doors that leave need not stay. Runs in one transaction.
 */
export async function writePlan(trx: Trx, plan: PlanParts, now: number): Promise<void> {
  const old = plan.turfs.filter(({ wish }) => wish.version > 0);
  await removeTurfs(trx, plan.removed);
  await clearTurfs(
    trx,
    old.map(({ wish }) => wish.id),
  );
  for (const turf of old) {
    await trx
      .updateTable('turfs')
      .set({ ...columnsOf(turf), version: turf.wish.version + 1 })
      .where('id', '=', turf.wish.id)
      .execute();
  }
  await insertTurfs(trx, plan, now);
  const seq = await takeSeq(trx, 1);
  // In the order of the tables' keys.
  const sorted = [...plan.turfs].sort((a, b) => (a.wish.id < b.wish.id ? -1 : 1));
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

async function insertTurfs(trx: Trx, plan: PlanParts, now: number): Promise<void> {
  const rows = plan.turfs
    .filter(({ wish }) => wish.version === 0)
    .map((turf, place) => ({
      ...columnsOf(turf),
      id: turf.wish.id,
      campaign_id: plan.campaignId,
      universe_id: plan.universeId,
      state: 'draft' as const,
      version: 1,
      // Turfs are listed by when they were made: those of one plan in the plan's order.
      created_at: now + place,
      published_at: null,
    }));
  for (let from = 0; from < rows.length; from += TURFS) {
    await trx
      .insertInto('turfs')
      .values(rows.slice(from, from + TURFS))
      .execute();
  }
}

/** Doors and people go with them. */
async function removeTurfs(trx: Trx, ids: readonly TurfId[]): Promise<void> {
  for (let from = 0; from < ids.length; from += IDS) {
    const part = ids.slice(from, from + IDS);
    await trx.deleteFrom('turfs').where('id', 'in', part).execute();
  }
}

async function clearTurfs(trx: Trx, ids: readonly TurfId[]): Promise<void> {
  for (let from = 0; from < ids.length; from += IDS) {
    const part = ids.slice(from, from + IDS);
    await trx.deleteFrom('turf_doors').where('turf_id', 'in', part).execute();
    await trx.deleteFrom('turf_targets').where('turf_id', 'in', part).execute();
  }
}
