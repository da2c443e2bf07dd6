import { Type } from 'typebox';
import type { DeviceId } from '#shared/kernel/ids.ts';
import { id, strict } from '#shared/model/schema.ts';
import { RevokePhone } from '#shared/sync/phones.ts';
import { listPhones } from '../chapter/list-phones.ts';
import { revokePhone } from '../chapter/revoke-phone.ts';
import type { App } from '../plugins/app-type.ts';
import { staffOf } from '../plugins/auth.ts';
import { valueOf } from '../plugins/problems.ts';
import type { Ports } from '../ports.ts';

const params = Type.Object({ id: id<DeviceId>() }, strict);

/** The phones that walk for the chapter. */
export function phoneRoutes(app: App, ports: Ports): void {
  app.get('/v1/phones', (request) => listPhones(staffOf(request).db, ports.clock()));

  app.post(
    '/v1/phones/:id/revoke',
    { schema: { params, body: RevokePhone } },
    async (request, reply) => {
      const { lost } = request.body;
      valueOf(await revokePhone(staffOf(request), request.params.id, lost, ports.clock()));
      return reply.status(204).send();
    },
  );
}
