import { constants } from 'node:zlib';
import type { FastifyCompressRouteOptions } from '@fastify/compress';
import { problem, ProblemError } from '#shared/kernel/problem.ts';
import { isTooLong, Push } from '#shared/sync/protocol.ts';
import type { App } from '../plugins/app-type.ts';
import { deviceOf } from '../plugins/auth.ts';
import type { Ports } from '../ports.ts';
import type { AcceptPush } from '../sync/accept-push.ts';

/**
 * How an answer is packed, which is a list of ids: packed harder it gets no smaller and takes twice
 * as long, and a wider window than the answer costs more to clear than to use. In one call and not as
 * a stream through other threads, which costs two to four times the processor for the 10 kB of a
 * hundred results; no answer is so long that others would notice.
 */
const PACKING = {
  threshold: 1024,
  syncThreshold: 65_536,
  encodings: ['br', 'gzip', 'identity'],
  brotliOptions: {
    params: { [constants.BROTLI_PARAM_QUALITY]: 2, [constants.BROTLI_PARAM_LGWIN]: 15 },
  },
} satisfies FastifyCompressRouteOptions['compress'];

/** A phone brings its facts. Anything that reads as a push gets a result for each of them. */
export function pushRoutes(app: App, ports: Ports, acceptPush: AcceptPush): void {
  // The schema leaves no room for a field named like a prototype: to look for one in every letter of
  // a push as well would cost half of what its parsing does.
  const parse = app.getDefaultJsonParser('ignore', 'ignore');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, parse);
  app.post(
    '/v1/push',
    {
      config: { packed: true, metered: true },
      schema: { body: Push },
      compress: PACKING,
    },
    (request, reply) => {
      const { db, deviceKey, deviceId, member } = deviceOf(request);
      if (request.body.ops.some(isTooLong)) {
        throw new ProblemError(problem('not-valid', { reason: 'an operation is too long' }));
      }
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
