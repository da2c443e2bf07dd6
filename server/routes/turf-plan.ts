import Type from 'typebox';
import type { UniverseId } from '#shared/kernel/ids.ts';
import { id, strict } from '#shared/model/schema.ts';
import { KeepPlan } from '#shared/model/turf-plan.ts';
import type { App } from '../plugins/app-type.ts';
import { staffOf } from '../plugins/auth.ts';
import { valueOf } from '../plugins/problems.ts';
import type { Ports } from '../ports.ts';
import { keepPlan } from '../turf/keep-plan.ts';

const params = Type.Object({ id: id<UniverseId>() }, strict);
/** A county's turfs with their outlines, and the ids of its buildings. */
const BODY_LIMIT = 32 * 1024 * 1024;

/** The turf plan of a universe, which is made in the browser and kept at once. */
export function turfPlanRoutes(app: App, ports: Ports): void {
  app.put(
    '/v1/universes/:id/plan',
    { schema: { params, body: KeepPlan }, bodyLimit: BODY_LIMIT, config: { packed: true } },
    async (request) =>
      valueOf(await keepPlan(staffOf(request).db, request.params.id, request.body, ports)),
  );
}
