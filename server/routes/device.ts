import { DeviceKey } from '#shared/model/chapter.ts';
import { AskToken, Purged } from '#shared/sync/protocol.ts';
import { answerToken } from '../chapter/answer-token.ts';
import { registerKey } from '../chapter/register-key.ts';
import { takeReceipt } from '../chapter/take-receipt.ts';
import type { App } from '../plugins/app-type.ts';
import { deviceOf } from '../plugins/auth.ts';
import { valueOf } from '../plugins/problems.ts';
import type { Ports } from '../ports.ts';

const config = { metered: true } as const;

/** A phone's own credentials, and its receipt for what it has deleted. */
export function deviceRoutes(app: App, ports: Ports): void {
  app.post('/v1/token', { config, schema: { body: AskToken } }, async (request) =>
    valueOf(await answerToken(deviceOf(request), request.body, ports)),
  );

  app.post('/v1/device-key', { config, schema: { body: DeviceKey } }, async (request, reply) => {
    valueOf(await registerKey(deviceOf(request), request.body.publicKey, ports.clock()));
    return reply.status(204).send();
  });

  app.post('/v1/purged', { config, schema: { body: Purged } }, async (request, reply) => {
    await takeReceipt(deviceOf(request), request.body, ports.clock());
    return reply.status(204).send();
  });
}
