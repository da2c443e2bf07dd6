import type { App } from '../plugins/app-type.ts';
import { staffOf } from '../plugins/auth.ts';
import { readMapText } from '../turf/read-map.ts';

/** The chapter's own map for the desk. */
export function mapRoutes(app: App): void {
  app.get('/v1/map', async (request, reply) => {
    void reply.header('content-type', 'application/json; charset=utf-8');
    return readMapText(staffOf(request).db);
  });
}
