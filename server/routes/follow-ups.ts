import { Type } from 'typebox';
import type { OpId } from '#shared/kernel/ids.ts';
import { SaveFollowUp } from '#shared/model/follow-up.ts';
import { id, strict } from '#shared/model/schema.ts';
import { listFollowUps, saveFollowUp } from '../chapter/follow-ups.ts';
import type { App } from '../plugins/app-type.ts';
import { staffOf } from '../plugins/auth.ts';
import { needIfMatch } from '../plugins/if-match.ts';
import { valueOf } from '../plugins/problems.ts';
import type { Ports } from '../ports.ts';

const params = Type.Object({ id: id<OpId>() }, strict);

/** What was promised at doors, and what became of it. */
export function followUpRoutes(app: App, ports: Ports): void {
  app.get('/v1/follow-ups', (request) => listFollowUps(staffOf(request).db));

  app.put('/v1/follow-ups/:id', { schema: { params, body: SaveFollowUp } }, async (request) => {
    const seen = needIfMatch(request);
    const { id: promise } = request.params;
    return valueOf(await saveFollowUp(staffOf(request), promise, request.body, seen, ports));
  });
}
