import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { LayerFacet, LayerFilter } from '#shared/model/layer.ts';
import type { Role } from '#shared/model/role.ts';
import type { UniverseQuestion } from '#shared/model/universe.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { readLayers } from '../store/layer-rows.ts';
import type { Tables } from '../store/tables.ts';

/** Words that a question may choose from. */
const OFFERED = 60;

const mayReadMembers = (role: Role): boolean => role === 'admin' || role === 'research-lead';

/** The people whom one filter names, without its `not`. */
function chosenBy(db: Kysely<Tables>, { layer, column, min, max, words }: LayerFilter) {
  let query = db
    .selectFrom('layer_values as value')
    .select('value.person_key')
    .where('value.set_key', '=', (where) =>
      where.selectFrom('layers').select('set_key').where('id', '=', layer),
    )
    .where('value.place', '=', column);
  if (min !== null) query = query.where('value.amount', '>=', min);
  if (max !== null) query = query.where('value.amount', '<=', max);
  if (words.length > 0) {
    // Yes and no are kept as one and nought.
    const amounts = words.flatMap((word) => (word === 'yes' ? [1] : word === 'no' ? [0] : []));
    query = query.where((where) =>
      where.or([
        where('value.word', 'in', words),
        where.and([where('value.word', 'is', null), where('value.amount', 'in', amounts)]),
      ]),
    );
  }
  return query;
}

/** Narrows rows of the roll by the chapter's own layers. One that is gone selects nobody. */
export function narrowByLayers<T>(
  query: SelectQueryBuilder<Tables & { row: Tables['universe_rows'] }, 'row', T>,
  db: Kysely<Tables>,
  filters: readonly LayerFilter[],
): SelectQueryBuilder<Tables & { row: Tables['universe_rows'] }, 'row', T> {
  let narrowed = query;
  for (const filter of filters) {
    // What is said of one record of somebody is said of whoever is shown for it.
    const chosen = chosenBy(db, filter).unionAll(
      db
        .selectFrom('merged_people as same')
        .select('same.face_key as person_key')
        .where('same.person_key', 'in', chosenBy(db, filter)),
    );
    narrowed = narrowed
      .where('row.person_key', filter.not ? 'not in' : 'in', chosen)
      .where(sql<boolean>`exists (select 1 from layers where id = ${filter.layer})`);
  }
  return narrowed;
}

/** What of the layers a member may ask for, by layer and column. */
export async function readLayerFacets(
  db: Pick<ChapterDb, 'read'>,
  role: Role,
): Promise<LayerFacet[]> {
  const layers = await readLayers(db.read);
  return layers
    .filter(({ members }) => !members || mayReadMembers(role))
    .flatMap(({ id, name: layerName, members, columns }) =>
      columns
        .filter(({ given }) => given > 0)
        .map(({ place, name, kind, given, range, words }) => ({
          layer: id,
          layerName,
          members,
          column: place,
          name,
          kind,
          given,
          range,
          words: words.slice(0, OFFERED),
        })),
    );
}

/** Problem: layer-not-yours, when a question asks for the member list on behalf of somebody who may not read it. */
export async function checkAskedLayers(
  db: Pick<ChapterDb, 'read'>,
  { layers = [] }: UniverseQuestion,
  role: Role,
): Promise<Result<null>> {
  if (layers.length === 0 || mayReadMembers(role)) return ok(null);
  const ids = layers.map(({ layer }) => layer);
  const members = await db.read
    .selectFrom('layers')
    .select('id')
    .where('id', 'in', ids)
    .where('members', '=', 1)
    .executeTakeFirst();
  return members === undefined ? ok(null) : fail(problem('layer-not-yours'));
}
