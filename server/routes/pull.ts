import { Type } from 'typebox';
import type { App } from '../plugins/app-type.ts';
import { DEVICE } from '../plugins/access.ts';
import { deviceOf } from '../plugins/auth.ts';
import { valueOf } from '../plugins/problems.ts';
import type { Ports } from '../ports.ts';
import { answerPull } from '../sync/answer-pull.ts';

const Query = Type.Object({ cursor: Type.String({ minLength: 1, maxLength: 2000 }) });

/** A phone asks what others did at its turf's doors. */
export function pullRoutes(app: App, ports: Ports): void {
  app.get(
    '/v1/pull',
    { config: { access: DEVICE }, schema: { querystring: Query } },
    async (request, reply) => {
      const device = deviceOf(request);
      void reply.header('cache-control', 'no-store');
      return valueOf(await answerPull(device.db, device, request.query.cursor, ports.clock()));
    },
  );
}
