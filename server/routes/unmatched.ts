import { Type } from 'typebox';
import type { BuildingId } from '#shared/kernel/ids.ts';
import { id, strict, words } from '#shared/model/schema.ts';
import { SettlePlace } from '#shared/model/unmatched.ts';
import type { App } from '../plugins/app-type.ts';
import { staffOf } from '../plugins/auth.ts';
import { valueOf } from '../plugins/problems.ts';
import { requireStepUp } from '../plugins/step-up.ts';
import type { Ports } from '../ports.ts';
import { listUnmatched } from '../roll/list-unmatched.ts';
import { searchPoints } from '../roll/search-points.ts';
import { settlePlace, takePlaceBack } from '../roll/settle-place.ts';
import { unmatchedCsv } from '../roll/unmatched-csv.ts';
import { sendCsv } from './exports.ts';

const params = Type.Object({ id: id<BuildingId>() }, strict);
const listed = Type.Object(
  {
    state: words(['open', 'settled']),
    like: Type.Optional(Type.String({ maxLength: 100 })),
    from: Type.Optional(Type.String({ maxLength: 7, pattern: '^\\d{1,7}$' })),
  },
  strict,
);
const typed = Type.Object({ like: Type.String({ minLength: 2, maxLength: 100 }) }, strict);

/** The addresses that the map does not know, until somebody says where they are. */
export function unmatchedRoutes(app: App, ports: Ports): void {
  app.get('/v1/roll/unmatched', { schema: { querystring: listed } }, (request) => {
    const { state, like = '', from = '0' } = request.query;
    return listUnmatched(staffOf(request).db, { state, like, from: Number(from) });
  });

  app.get('/v1/roll/unmatched.csv', { compress: false as const }, (request, reply) => {
    requireStepUp(request, ports);
    const actor = staffOf(request);
    return sendCsv(reply, actor, unmatchedCsv(actor.db), 'unmatched.csv', ports);
  });

  app.get('/v1/roll/address-points', { schema: { querystring: typed } }, (request) =>
    searchPoints(staffOf(request).db, request.query.like),
  );

  app.put(
    '/v1/roll/unmatched/:id',
    { schema: { params, body: SettlePlace } },
    async (request): Promise<{ ok: true }> => {
      const { params, body } = request;
      valueOf(await settlePlace(staffOf(request), params.id, body, ports.clock()));
      return { ok: true };
    },
  );

  app.delete(
    '/v1/roll/unmatched/:id',
    { schema: { params } },
    async (request): Promise<{ ok: true }> => {
      valueOf(await takePlaceBack(staffOf(request), request.params.id, ports.clock()));
      return { ok: true };
    },
  );
}
