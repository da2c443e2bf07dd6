import Type from 'typebox';
import type { TurfId } from '#shared/kernel/ids.ts';
import { id, strict } from '#shared/model/schema.ts';
import { WalkWish } from '#shared/model/turf-walk.ts';
import type { App } from '../plugins/app-type.ts';
import { staffOf } from '../plugins/auth.ts';
import { needIfMatch } from '../plugins/if-match.ts';
import { valueOf } from '../plugins/problems.ts';
import { keepWalk } from '../turf/walk-keep.ts';
import { readWalkPace } from '../turf/walk-pace.ts';
import { walkTurf } from '../turf/walk-turf.ts';

const params = Type.Object({ id: id<TurfId>() }, strict);

/** How turf is walked: its order, its way, and how long that takes. */
export function turfWalkRoutes(app: App): void {
  app.get('/v1/turfs/:id/walk', { schema: { params } }, async (request) =>
    valueOf(await walkTurf(staffOf(request).db, request.params.id, null)),
  );

  app.post('/v1/turfs/:id/walk/preview', { schema: { params, body: WalkWish } }, async (request) =>
    valueOf(await walkTurf(staffOf(request).db, request.params.id, request.body)),
  );

  app.put('/v1/turfs/:id/walk', { schema: { params, body: WalkWish } }, async (request) => {
    const seen = needIfMatch(request);
    const { db } = staffOf(request);
    return valueOf(await keepWalk(db, request.params.id, request.body, seen));
  });

  app.get('/v1/walk-pace', (request) => readWalkPace(staffOf(request).db));
}
