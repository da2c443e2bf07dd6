import type { Kysely } from 'kysely';
import type { LayerId } from '#shared/model/layer.ts';
import type { UniverseQuestion } from '#shared/model/universe.ts';
import { layersOf } from '#shared/universe/layers-of.ts';
import { readSteps } from '#shared/universe/read-steps.ts';
import type { Tables } from '../store/tables.ts';

/** The name of a saved universe that asks for a layer by one of these columns; null: none does. */
export async function findAsking(
  db: Kysely<Tables>,
  id: LayerId,
  isOne: (place: number) => boolean,
): Promise<string | null> {
  const saved = await db.selectFrom('universes').select(['name', 'question']).execute();
  for (const { name, question } of saved) {
    const steps = readSteps(JSON.parse(question) as UniverseQuestion);
    if (layersOf(steps).some(({ layer, column }) => layer === id && isOne(column))) return name;
  }
  return null;
}
