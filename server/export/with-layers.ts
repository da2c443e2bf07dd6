import { sql } from 'kysely';
import { dayIn } from '#shared/kernel/instant.ts';
import type { PersonId } from '#shared/kernel/ids.ts';
import type { Layer, LayerColumn } from '#shared/model/layer.ts';
import { PRESENCE } from '#shared/model/layer-kind.ts';
import { NOT_KNOWN } from '#shared/model/rules.ts';
import { sayLayerValue } from '#shared/roll/layer-value.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { readLayers } from '../store/layer-rows.ts';
import { MERGED_WISHES } from '../store/merged-people.ts';
import type { Cell, CsvExport } from './stream-csv.ts';

interface Told {
  readonly layer: Layer;
  readonly column: LayerColumn;
}

/** Rows whose people are looked up together. */
const BATCH = 200;

/** Where a column is from stands in its header, so that it stays with it. */
function nameOf({ layer, column }: Told, zone: string): string {
  const { purpose, obtainedOn } = layer.terms;
  const said = purpose === NOT_KNOWN ? 'purpose not known' : purpose;
  const from = `${layer.fileName}, ${obtainedOn ?? dayIn(layer.at, zone)}, ${said}`;
  const what = column.place === PRESENCE ? layer.name : `${layer.name}: ${column.name}`;
  return `${what} [${from}]`;
}

const keyOf = (layerId: string, place: number, personId: string): string =>
  `${layerId} ${place} ${personId}`;

/**
 * What any record of a person has, their own before another's that was merged with it. Nothing of a
 * child, nor of who asked to be left alone under any of them: as with their names.
 */
async function readValues(
  db: ChapterDb,
  told: readonly Told[],
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const kinds = new Map(told.map(({ layer, column }) => [`${layer.id} ${column.place}`, column]));
  const rows = await db.read
    .selectFrom('people as p')
    .leftJoin('merged_people as m', 'm.person_key', 'p.key')
    .leftJoin('merged_people as o', 'o.face_key', 'm.face_key')
    .innerJoin('layer_values as v', (join) =>
      join.on('v.person_key', '=', sql<number>`coalesce(o.person_key, p.key)`),
    )
    .innerJoin('layers as l', 'l.set_key', 'v.set_key')
    .select(['p.id', 'l.id as layerId', 'v.place', 'v.amount', 'v.word'])
    .where('p.id', 'in', ids as PersonId[])
    .where(
      sql<boolean>`not exists (select 1 from voters c
          where c.person_key in (p.key, v.person_key) and c.adult_on is not null)
        and p.key not in (select person_key from opt_outs)
        and p.door_key not in (select door_key from door_opt_outs)
        and coalesce(m.face_key, p.key) not in ${MERGED_WISHES}`,
    )
    // The last one stands.
    .orderBy(
      sql`case when v.person_key = p.key then 2 when v.person_key = m.face_key then 1 else 0 end`,
    )
    .orderBy('v.person_key')
    .execute();
  const values = new Map<string, string>();
  for (const { id, layerId, place, amount, word } of rows) {
    const kind = kinds.get(`${layerId} ${place}`)?.kind;
    if (kind !== undefined) {
      values.set(keyOf(layerId, place, id), sayLayerValue(kind, { amount, word }));
    }
  }
  return values;
}

async function* addCells(
  db: ChapterDb,
  { header, rows }: CsvExport,
  told: readonly Told[],
  at: number,
): AsyncGenerator<Cell[]> {
  const person = header.indexOf('person_id');
  const finish = async function* (some: readonly (readonly Cell[])[]): AsyncGenerator<Cell[]> {
    const ids = some.flatMap((row) => (typeof row[person] === 'string' ? [row[person]] : []));
    const values = await readValues(db, told, [...new Set(ids)]);
    for (const row of some) {
      const id = row[person];
      const cells = told.map(({ layer, column }) =>
        typeof id === 'string' ? (values.get(keyOf(layer.id, column.place, id)) ?? null) : null,
      );
      yield [...row.slice(0, at), ...cells, ...row.slice(at)];
    }
  };
  let waiting: (readonly Cell[])[] = [];
  for await (const row of rows) {
    waiting.push(row);
    if (waiting.length < BATCH) continue;
    yield* finish(waiting);
    waiting = [];
  }
  yield* finish(waiting);
}

/**
 * The same file with the chapter's own layers as columns behind those that every row shares, each
 * with where it is from in its header. For the chapter's own use alone: a share never has them.
 */
export async function withLayers(
  db: ChapterDb,
  file: CsvExport,
  behind = 'do_not_contact',
): Promise<CsvExport> {
  const layers = await readLayers(db.read);
  const told = layers.flatMap((layer) =>
    layer.columns.filter(({ given }) => given > 0).map((column) => ({ layer, column })),
  );
  const at = file.header.indexOf(behind) + 1;
  if (told.length === 0 || at === 0) return file;
  const { time_zone: zone } = await db.read
    .selectFrom('chapter')
    .select('time_zone')
    .executeTakeFirstOrThrow();
  const names = told.map((one) => nameOf(one, zone));
  const header = [...file.header.slice(0, at), ...names, ...file.header.slice(at)];
  return { ...file, header, rows: addCells(db, file, told, at) };
}
