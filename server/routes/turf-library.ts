import { Type } from 'typebox';
import { id, strict } from '#shared/model/schema.ts';
import {
  KeepTurfSet,
  RenameTurfSet,
  type TurfSetId,
  UseTurfSet,
} from '#shared/model/turf-library.ts';
import type { App } from '../plugins/app-type.ts';
import { staffOf } from '../plugins/auth.ts';
import { valueOf } from '../plugins/problems.ts';
import type { Ports } from '../ports.ts';
import { deleteTurfSet, keepTurfSet, listTurfSets, renameTurfSet } from '../turf/turf-library.ts';
import { useTurfSet } from '../turf/use-turf-set.ts';

const params = Type.Object({ id: id<TurfSetId>() }, strict);

/** Turfs that are kept under a name, to be used again in another universe. */
export function turfLibraryRoutes(app: App, ports: Ports): void {
  app.get('/v1/turf-sets', (request) => listTurfSets(staffOf(request).db));

  app.post('/v1/turf-sets', { schema: { body: KeepTurfSet } }, async (request) =>
    valueOf(await keepTurfSet(staffOf(request), request.body, ports)),
  );

  app.patch(
    '/v1/turf-sets/:id',
    { schema: { params, body: RenameTurfSet } },
    async (request, reply) => {
      const { db } = staffOf(request);
      valueOf(await renameTurfSet(db, request.params.id, request.body.name));
      return reply.status(204).send();
    },
  );

  app.delete('/v1/turf-sets/:id', { schema: { params } }, async (request, reply) => {
    valueOf(await deleteTurfSet(staffOf(request).db, request.params.id));
    return reply.status(204).send();
  });

  app.post('/v1/turf-sets/:id/use', { schema: { params, body: UseTurfSet } }, async (request) => {
    const { universeId } = request.body;
    return valueOf(await useTurfSet(staffOf(request).db, request.params.id, universeId, ports));
  });
}
