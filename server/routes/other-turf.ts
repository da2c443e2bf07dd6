import Type from 'typebox';
import type { TurfId } from '#shared/kernel/ids.ts';
import { id, strict } from '#shared/model/schema.ts';
import { MakeCalls, MakeStall } from '#shared/model/turf-kind.ts';
import type { App } from '../plugins/app-type.ts';
import { staffOf } from '../plugins/auth.ts';
import { valueOf } from '../plugins/problems.ts';
import type { Ports } from '../ports.ts';
import { closeTurf } from '../turf/close-turf.ts';
import { makeCalls } from '../turf/make-calls.ts';
import { makeStall } from '../turf/make-stall.ts';

const params = Type.Object({ id: id<TurfId>() }, strict);

/** Turf that is not walked: stalls and call lists. They are handed out as every turf is. */
export function otherTurfRoutes(app: App, ports: Ports): void {
  app.post('/v1/stalls', { schema: { body: MakeStall } }, (request) =>
    makeStall(staffOf(request), request.body, ports),
  );

  app.post('/v1/call-lists', { schema: { body: MakeCalls } }, async (request) =>
    valueOf(await makeCalls(staffOf(request), request.body, ports)),
  );

  app.post('/v1/turfs/:id/close', { schema: { params } }, async (request, reply) => {
    valueOf(await closeTurf(staffOf(request).db, request.params.id, ports.clock()));
    return reply.status(204).send();
  });
}
