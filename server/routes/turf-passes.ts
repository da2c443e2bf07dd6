import type { DeviceId } from '#shared/kernel/ids.ts';
import { ExtendHold, NextPass, turfParams } from '#shared/model/launch.ts';
import { extendHold } from '../chapter/extend-hold.ts';
import type { App } from '../plugins/app-type.ts';
import { staffOf } from '../plugins/auth.ts';
import { valueOf } from '../plugins/problems.ts';
import type { Ports } from '../ports.ts';
import type { LiveTurfs } from '../turf/live-turfs.ts';
import { makeNextPass } from '../turf/next-pass.ts';

/** Who has which turf, for how long, and what follows when it was walked. */
export function turfPassRoutes(app: App, ports: Ports, live: LiveTurfs): void {
  const params = turfParams;

  app.get('/v1/launch', (request) => live.readBoard(staffOf(request).db));

  app.post(
    '/v1/turfs/:id/extend',
    { schema: { params, body: ExtendHold } },
    async (request, reply) => {
      const { deviceId, until } = request.body;
      const wish = { deviceId: deviceId as DeviceId, until };
      valueOf(await extendHold(staffOf(request), request.params.id, wish, ports.clock()));
      return reply.status(204).send();
    },
  );

  app.post('/v1/turfs/:id/next-pass', { schema: { params, body: NextPass } }, async (request) =>
    valueOf(await makeNextPass(staffOf(request), request.params.id, request.body, ports)),
  );
}
