import Type from 'typebox';
import type { UniverseId } from '#shared/kernel/ids.ts';
import type { Actor } from '../chapter/actor.ts';
import { problem, ProblemError } from '#shared/kernel/problem.ts';
import { id, strict } from '#shared/model/schema.ts';
import { SaveUniverse, type Universe, UniverseQuestion } from '#shared/model/universe.ts';
import type { App } from '../plugins/app-type.ts';
import { staffOf } from '../plugins/auth.ts';
import { valueOf } from '../plugins/problems.ts';
import type { Ports } from '../ports.ts';
import { countUniverse } from '../turf/count-universe.ts';
import { readUniverseDoors } from '../turf/universe-doors.ts';
import { checkAskedLayers, readLayerFacets } from '../turf/layer-filters.ts';
import { readFacets } from '../turf/universe-facets.ts';
import { deleteUniverse, findUniverse, listUniverses, saveUniverse } from '../turf/universes.ts';

const params = Type.Object({ id: id<UniverseId>() }, strict);

async function universeOf(db: Actor['db'], universeId: UniverseId): Promise<Universe> {
  const universe = await findUniverse(db, universeId);
  if (universe === null) throw new ProblemError(problem('not-found'));
  return universe;
}

/** Questions about the roll: what they select, where it lives, and the saved ones. */
export function universeRoutes(app: App, ports: Ports): void {
  app.get('/v1/universes/facets', async (request) => {
    const { db, member } = staffOf(request);
    // Not kept with the rest: layers come and go without an import.
    return { ...(await readFacets(db)), layers: await readLayerFacets(db, member.role) };
  });

  app.post('/v1/universes/count', { schema: { body: UniverseQuestion } }, async (request) => {
    const { db, member } = staffOf(request);
    valueOf(await checkAskedLayers(db, request.body, member.role));
    return countUniverse(db, request.body);
  });

  app.post('/v1/universes/doors', { schema: { body: UniverseQuestion } }, async (request) => {
    const { db, member } = staffOf(request);
    valueOf(await checkAskedLayers(db, request.body, member.role));
    return readUniverseDoors(db, request.body, null);
  });

  app.get('/v1/universes', (request) => listUniverses(staffOf(request).db));

  app.post('/v1/universes', { schema: { body: SaveUniverse } }, async (request) => {
    const { db, member } = staffOf(request);
    valueOf(await checkAskedLayers(db, request.body.question, member.role));
    return saveUniverse(db, request.body, member.id, ports);
  });

  app.delete('/v1/universes/:id', { schema: { params } }, async (request, reply) => {
    valueOf(await deleteUniverse(staffOf(request).db, request.params.id));
    return reply.status(204).send();
  });

  app.get('/v1/universes/:id/doors', { schema: { params } }, async (request) => {
    const { db } = staffOf(request);
    const universe = await universeOf(db, request.params.id);
    return readUniverseDoors(db, universe.question, universe.id);
  });
}
