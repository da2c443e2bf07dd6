import type { Kysely } from 'kysely';
import type { LayerColumn } from '#shared/model/layer.ts';
import type { PersonCopy } from '#shared/model/privacy.ts';
import { sayLayerValue } from '#shared/roll/layer-value.ts';
import type { Tables } from '../store/tables.ts';

/** What the chapter's own layers hold of one person, with where each is from. */
export async function readPersonLayers(
  db: Kysely<Tables>,
  personKey: number,
): Promise<NonNullable<PersonCopy['layers']>> {
  const rows = await db
    .selectFrom('layer_values as v')
    .innerJoin('layers as l', 'l.set_key', 'v.set_key')
    .select(['l.name', 'l.file_name', 'l.columns', 'v.place', 'v.amount', 'v.word'])
    .where('v.person_key', '=', personKey)
    .orderBy('l.name')
    .orderBy('v.place')
    .execute();
  return rows.flatMap(({ name, file_name: from, columns, place, amount, word }) => {
    const column = (JSON.parse(columns) as LayerColumn[]).find((one) => one.place === place);
    if (column === undefined) return [];
    const value = sayLayerValue(column.kind, { amount, word });
    return [{ layer: name, column: column.name, value, from }];
  });
}
