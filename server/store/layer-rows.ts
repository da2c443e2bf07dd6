import { type Kysely, sql, type Transaction } from 'kysely';
import type { Layer, LayerId, LeftOutRow } from '#shared/model/layer.ts';
import type { ChapterDb } from './chapter-db.ts';
import type { Tables } from './tables.ts';

/** A layer as its row has it. */
export type LayerRow = Tables['layers'];

/** Rows that are cleared away in one step, so that nobody waits long. */
const STEP = 4000;

function toLayer(row: LayerRow & { readonly by: string | null }): Layer {
  return {
    id: row.id,
    name: row.name,
    members: row.members === 1,
    fileName: row.file_name,
    sha256: row.sha256,
    bytes: row.bytes,
    by: row.by,
    at: row.made_at,
    terms: JSON.parse(row.terms) as Layer['terms'],
    counts: JSON.parse(row.counts) as Layer['counts'],
    columns: JSON.parse(row.columns) as Layer['columns'],
  };
}

/** The chapter's layers with their provenance, by name. */
export async function readLayers(db: Kysely<Tables>): Promise<Layer[]> {
  const rows = await db
    .selectFrom('layers')
    .leftJoin('members as m', 'm.id', 'layers.made_by')
    .selectAll('layers')
    .select('m.name as by')
    .orderBy('layers.name')
    .execute();
  return rows.map(toLayer);
}

/** One layer as it is stored; undefined where there is none. */
export function findLayer(db: Kysely<Tables>, id: LayerId): Promise<LayerRow | undefined> {
  return db.selectFrom('layers').selectAll().where('id', '=', id).executeTakeFirst();
}

export function findLayerByName(db: Kysely<Tables>, name: string): Promise<LayerRow | undefined> {
  return db.selectFrom('layers').selectAll().where('name', '=', name).executeTakeFirst();
}

/** A set for new values, which belongs to no layer yet. */
export async function openSet(db: Pick<ChapterDb, 'write'>, now: number): Promise<number> {
  const { key } = await db.write((trx) =>
    trx
      .insertInto('layer_sets')
      .values({ begun_at: now })
      .returning('key')
      .executeTakeFirstOrThrow(),
  );
  return key;
}

/** Puts a layer in its place with the set that it has now; the one of before is left behind. */
export async function putLayer(trx: Transaction<Tables>, row: LayerRow): Promise<void> {
  const { id: _, ...rest } = row;
  await trx
    .insertInto('layers')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(rest))
    .execute();
}

async function orphan(db: Kysely<Tables>): Promise<number | null> {
  const row = await db
    .selectFrom('layer_sets')
    .select('key')
    .where('key', 'not in', db.selectFrom('layers').select('set_key'))
    .orderBy('key')
    .executeTakeFirst();
  return row?.key ?? null;
}

/** Whether anything was left to clear of a set. */
async function shrink(trx: Transaction<Tables>, key: number): Promise<boolean> {
  const values =
    await sql`delete from layer_values where set_key = ${key} and (place, person_key) in
    (select place, person_key from layer_values where set_key = ${key} limit ${sql.lit(STEP)})`.execute(
      trx,
    );
  if ((values.numAffectedRows ?? 0n) > 0n) return true;
  const rows = await sql`delete from layer_left_out where set_key = ${key} and line in
    (select line from layer_left_out where set_key = ${key} limit ${sql.lit(STEP)})`.execute(trx);
  if ((rows.numAffectedRows ?? 0n) > 0n) return true;
  await trx.deleteFrom('layer_sets').where('key', '=', key).execute();
  return false;
}

/** Clears away the values of sets that no layer has, a little at a time. Only while none is written. */
export async function clearSets(db: Pick<ChapterDb, 'read' | 'write'>): Promise<void> {
  for (let key = await orphan(db.read); key !== null; key = await orphan(db.read)) {
    const set = key;
    while (await db.write((trx) => shrink(trx, set)));
  }
}

/** Some rows that are in no column of their layer, from a line on. */
export async function readLeftOut(
  db: Kysely<Tables>,
  set: number,
  after: number,
  limit: number,
): Promise<LeftOutRow[]> {
  const rows = await db
    .selectFrom('layer_left_out')
    .select(['line', 'kind', 'reason', 'cells'])
    .where('set_key', '=', set)
    .where('line', '>', after)
    .orderBy('line')
    .limit(limit)
    .execute();
  return rows.map(({ cells, ...row }) => ({ ...row, cells: JSON.parse(cells) as string[] }));
}
