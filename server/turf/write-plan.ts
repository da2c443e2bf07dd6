import { type Kysely, sql } from 'kysely';
import type { CampaignId, TurfId, UniverseId } from '#shared/kernel/ids.ts';
import { takeSeq } from '../store/clock.ts';
import { insertRows } from '../store/insert-rows.ts';
import { engineOf } from '../store/run-ddl.ts';
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

/** What turfs that are there already have of what they shall have. */
export interface HeldSame {
  /** Those that hold the very doors, in whatever order. */
  readonly doors: ReadonlySet<TurfId>;
  /** Those of them of which no row would be another. */
  readonly all: ReadonlySet<TurfId>;
}

/**
 * Writes a plan whose doors were found before: drafts alone, which nobody has ever held, so that rows
 * of doors that leave need not stay. Runs in one transaction, with few statements whatever its size,
 * as whoever pushes waits for it.
 */
export async function writePlan(
  trx: Trx,
  owner: PlanOwner,
  { removed, turfs }: PlanParts,
  same: HeldSame,
  now: number,
): Promise<void> {
  const old = turfs.filter(({ wish }) => wish.version > 0);
  const others = turfs.filter(({ wish }) => !same.all.has(wish.id));
  const fresh = turfs.filter(({ wish }) => wish.version === 0);
  for (let from = 0; from < removed.length; from += IDS) {
    // Doors and people go with them.
    const part = removed.slice(from, from + IDS);
    await trx.deleteFrom('turfs').where('id', 'in', part).execute();
  }
  await clearTurfs(
    trx,
    others.flatMap(({ wish }) => (wish.version > 0 ? [wish.id] : [])),
  );
  await updateTurfs(trx, old, same);
  await insertTurfs(trx, owner, fresh, { now, place: 0, closedAt: null });
  if (others.length > 0) await insertDoors(trx, others, now);
}

/**
 * Writes names, outlines and what else turfs have in rows of their own. Another name or outline makes
 * no walk longer: what was measured of the same doors stays.
 */
async function updateTurfs(
  trx: Trx,
  turfs: readonly ResolvedTurf[],
  { doors: walked }: HeldSame,
): Promise<void> {
  const each = engineOf(trx) === 'sqlite' ? sql`json_each` : sql`json_array_elements`;
  for (let from = 0; from < turfs.length; from += TURFS) {
    const rows = turfs.slice(from, from + TURFS).map((turf) => {
      const { name, hue, outline, about, towers } = columnsOf(turf);
      const { id, version } = turf.wish;
      return [id, name, hue, outline, about, towers, version + 1, walked.has(id) ? 1 : 0];
    });
    const text = JSON.stringify(rows);
    const list = engineOf(trx) === 'sqlite' ? sql`${text}` : sql`${text}::json`;
    await sql`update turfs set name = v.name, hue = v.hue, outline = v.outline, about = v.about,
        towers = v.towers, version = v.version,
        on_foot = case when v.walked = 1 then turfs.on_foot else null end
      from (select value ->> 0 as id, value ->> 1 as name, cast(value ->> 2 as bigint) as hue,
        value ->> 3 as outline, value ->> 4 as about, value ->> 5 as towers,
        cast(value ->> 6 as bigint) as version, cast(value ->> 7 as bigint) as walked
        from ${each}(${list})) v
      where turfs.id = v.id`.execute(trx);
  }
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

/** What some turfs of a plan have of what they shall have; those that are new have nothing. */
export async function readSame(db: Trx, turfs: readonly ResolvedTurf[]): Promise<HeldSame> {
  const doors = new Set<TurfId>();
  const all = new Set<TurfId>();
  const old = turfs.filter(({ wish }) => wish.version > 0);
  for (let from = 0; from < old.length; from += TURFS) {
    const part = old.slice(from, from + TURFS);
    const ids = part.map(({ wish }) => wish.id);
    const doorRows = await db
      .selectFrom('turf_doors')
      .select(['turf_id', 'door_key', 'removed_seq'])
      .where('turf_id', 'in', ids)
      .orderBy('position')
      .execute();
    const targetRows = await db
      .selectFrom('turf_targets')
      .select(['turf_id', 'person_key'])
      .where('turf_id', 'in', ids)
      .execute();
    const live = doorRows.filter((row) => row.removed_seq === null);
    const held = groupKeys(live.map((row) => [row.turf_id, row.door_key]));
    const met = groupKeys(targetRows.map((row) => [row.turf_id, row.person_key]));
    const left = new Set(doorRows.flatMap((row) => (row.removed_seq === null ? [] : row.turf_id)));
    for (const turf of part) {
      const { id } = turf.wish;
      const keys = held.get(id) ?? [];
      if (!hasAll(keys, turf.doors)) continue;
      doors.add(id);
      const inOrder = keys.every((key, index) => key === turf.doors[index]);
      if (inOrder && !left.has(id) && hasAll(met.get(id) ?? [], turf.people)) all.add(id);
    }
  }
  return { doors, all };
}

function groupKeys(rows: readonly (readonly [TurfId, number])[]): ReadonlyMap<TurfId, number[]> {
  const groups = new Map<TurfId, number[]>();
  for (const [id, key] of rows) {
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [key]);
    else group.push(key);
  }
  return groups;
}

/** Whether these are the same keys, in whatever order. */
function hasAll(keys: readonly number[], wanted: readonly number[]): boolean {
  const there = new Set(keys);
  return there.size === new Set(wanted).size && wanted.every((key) => there.has(key));
}

async function clearTurfs(trx: Trx, ids: readonly TurfId[]): Promise<void> {
  for (let from = 0; from < ids.length; from += IDS) {
    const part = ids.slice(from, from + IDS);
    await trx.deleteFrom('turf_doors').where('turf_id', 'in', part).execute();
    await trx.deleteFrom('turf_targets').where('turf_id', 'in', part).execute();
  }
}
