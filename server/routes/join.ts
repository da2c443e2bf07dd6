import { Join } from '#shared/model/chapter.ts';
import { joinTurf } from '../chapter/join-turf.ts';
import type { Ports } from '../ports.ts';
import type { App } from '../plugins/app-type.ts';
import type { FailureLimit } from '../plugins/limits.ts';
import { valueOf } from '../plugins/problems.ts';

/** A phone takes a turf with a launch code or the token of its QR. */
export function joinRoutes(app: App, ports: Ports, limit: FailureLimit): void {
  app.post('/v1/join', { schema: { body: Join } }, async (request) => {
    limit.check(request.ip);
    const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
    const known = token === undefined ? null : { actor: request.actor, token };
    const result = await joinTurf(request.body, known, ports);
    if (!result.ok && result.problem.code === 'code-refused') limit.note(request.ip);
    return valueOf(result);
  });
}
