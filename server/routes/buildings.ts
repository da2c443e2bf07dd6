import Type from 'typebox';
import type { BuildingId } from '#shared/kernel/ids.ts';
import { CorrectBuilding } from '#shared/model/desk-buildings.ts';
import { id, strict } from '#shared/model/schema.ts';
import { correctBuilding } from '../chapter/correct-building.ts';
import { listBuildings } from '../chapter/desk-buildings.ts';
import type { App } from '../plugins/app-type.ts';
import { staffOf } from '../plugins/auth.ts';
import { valueOf } from '../plugins/problems.ts';
import type { Ports } from '../ports.ts';
import type { CommitNotices } from '../sync/notify.ts';

const params = Type.Object({ id: id<BuildingId>() }, strict);
const Search = Type.Object(
  {
    q: Type.Optional(Type.String({ maxLength: 120 })),
    after: Type.Optional(Type.String({ pattern: '^[0-9]{1,9}$', maxLength: 9 })),
  },
  strict,
);

/** What is remembered of buildings, and putting it right. */
export function buildingRoutes(app: App, ports: Ports, notices: CommitNotices): void {
  app.get('/v1/buildings', { schema: { querystring: Search } }, (request) => {
    const { q = '', after = '0' } = request.query;
    return listBuildings(staffOf(request).db, q, Number(after));
  });

  const correct = { schema: { params, body: CorrectBuilding } };
  app.post('/v1/buildings/:id/memory', correct, async (request, reply) => {
    const { clock, random } = ports;
    const means = { clock, random, notices };
    valueOf(await correctBuilding(staffOf(request), request.params.id, request.body, means));
    return reply.status(204).send();
  });
}
