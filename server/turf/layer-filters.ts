import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { LayerFacet } from '#shared/model/layer.ts';
import type { Role } from '#shared/model/role.ts';
import type { UniverseQuestion } from '#shared/model/universe.ts';
import { layersOf } from '#shared/universe/layers-of.ts';
import { readSteps } from '#shared/universe/read-steps.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { readLayers } from '../store/layer-rows.ts';

/** Words that a question may choose from. */
const OFFERED = 60;

const mayReadMembers = (role: Role): boolean => role === 'admin' || role === 'research-lead';

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
  question: UniverseQuestion,
  role: Role,
): Promise<Result<null>> {
  const layers = layersOf(readSteps(question));
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
