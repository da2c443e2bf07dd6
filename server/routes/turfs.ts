import Type from 'typebox';
import type { DeviceId, TurfId, UniverseId } from '#shared/kernel/ids.ts';
import { problem, ProblemError } from '#shared/kernel/problem.ts';
import { LaunchTurf } from '#shared/model/invite.ts';
import { id, strict } from '#shared/model/schema.ts';
import { ChangeTurf, MakeTurf } from '#shared/model/turf.ts';
import { TakeBack } from '#shared/sync/phones.ts';
import { byMember } from '../audit/append-audit.ts';
import { launchTurf } from '../chapter/launch-turf.ts';
import { takeBack } from '../chapter/revoke-phone.ts';
import type { App } from '../plugins/app-type.ts';
import { staffOf } from '../plugins/auth.ts';
import { needIfMatch, readIfMatch } from '../plugins/if-match.ts';
import { valueOf } from '../plugins/problems.ts';
import type { Ports } from '../ports.ts';
import { listTurfs } from '../turf/list-turfs.ts';
import { publishTurf } from '../turf/publish-turf.ts';
import { listTurfDoors } from '../turf/turf-states.ts';
import { changeTurf, deleteTurf, hasTurf, makeTurf } from '../turf/turfs.ts';

const params = Type.Object({ id: id<TurfId>() }, strict);
const ofUniverse = Type.Object({ universe: Type.Optional(id<UniverseId>()) }, strict);

/** Cutting, publishing and handing out turf. */
export function turfRoutes(app: App, ports: Ports): void {
  app.get('/v1/turfs', { schema: { querystring: ofUniverse } }, (request) =>
    listTurfs(staffOf(request).db, request.query.universe ?? null, ports.clock()),
  );

  app.post('/v1/turfs', { schema: { body: MakeTurf } }, async (request) =>
    valueOf(await makeTurf(staffOf(request).db, request.body, ports)),
  );

  app.patch('/v1/turfs/:id', { schema: { params, body: ChangeTurf } }, async (request) => {
    const seen = needIfMatch(request);
    const { db } = staffOf(request);
    return valueOf(await changeTurf(db, request.params.id, request.body, seen, ports));
  });

  app.delete('/v1/turfs/:id', { schema: { params } }, async (request, reply) => {
    valueOf(await deleteTurf(staffOf(request).db, request.params.id));
    return reply.status(204).send();
  });

  app.post('/v1/turfs/:id/publish', { schema: { params } }, async (request) => {
    const seen = readIfMatch(request);
    return valueOf(await publishTurf(staffOf(request).db, request.params.id, seen, ports));
  });

  // Pages of before there was a wish sent no body.
  app.post(
    '/v1/turfs/:id/launch',
    {
      schema: { params, body: LaunchTurf },
      preValidation: (request, _, next) => {
        request.body ??= {};
        next();
      },
    },
    async (request) => {
      const { db, member } = staffOf(request);
      const replaces = request.body.replaces as DeviceId | undefined;
      const wish = {
        by: member.id,
        actor: byMember({ member }),
        ...(replaces !== undefined && { replaces }),
      };
      const launch = valueOf(await launchTurf(db, request.params.id, wish, ports));
      const { id: inviteId, code, url, expiresAt } = launch;
      return { id: inviteId, code, url, expiresAt };
    },
  );

  app.post(
    '/v1/turfs/:id/take-back',
    { schema: { params, body: TakeBack } },
    async (request, reply) => {
      const actor = staffOf(request);
      const deviceId = request.body.deviceId as DeviceId;
      valueOf(await takeBack(actor, request.params.id, deviceId, ports.clock()));
      return reply.status(204).send();
    },
  );

  app.get('/v1/turfs/:id/doors', { schema: { params } }, async (request) => {
    const { db } = staffOf(request);
    if (!(await hasTurf(db, request.params.id))) throw new ProblemError(problem('not-found'));
    return listTurfDoors(db, request.params.id);
  });
}
