import { Push } from '#shared/sync/protocol.ts';
import type { App } from '../plugins/app-type.ts';
import { deviceOf } from '../plugins/auth.ts';
import type { Ports } from '../ports.ts';
import type { AcceptPush } from '../sync/accept-push.ts';

/** A phone brings its facts. Anything that reads as a push gets a result for each of them. */
export function pushRoutes(app: App, ports: Ports, acceptPush: AcceptPush): void {
  app.post(
    '/v1/push',
    { config: { packed: true, metered: true }, schema: { body: Push } },
    (request, reply) => {
      const { db, deviceKey, deviceId, member } = deviceOf(request);
      void reply.header('cache-control', 'no-store');
      return acceptPush(
        db,
        { deviceKey, deviceId, memberId: member.id },
        request.body,
        ports.clock(),
      );
    },
  );
}
