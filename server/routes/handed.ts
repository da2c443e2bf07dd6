import { Type } from 'typebox';
import type { TurfId } from '#shared/kernel/ids.ts';
import { problem, ProblemError } from '#shared/kernel/problem.ts';
import { PostHanded } from '#shared/model/handed.ts';
import { id, strict } from '#shared/model/schema.ts';
import { claimHanded } from '../chapter/handed-claim.ts';
import { handTurf } from '../chapter/handed-turf.ts';
import type { App } from '../plugins/app-type.ts';
import { staffOf } from '../plugins/auth.ts';
import type { FailureLimit } from '../plugins/limits.ts';
import { valueOf } from '../plugins/problems.ts';
import type { Ports } from '../ports.ts';
import { type CommitNotices, SOMEBODY_JOINED } from '../sync/notify.ts';

const params = Type.Object({ id: id<TurfId>() }, strict);

/** Turfs for phones without a network, and the first word of those phones. */
export function handedRoutes(
  app: App,
  ports: Ports,
  limit: FailureLimit,
  notices: CommitNotices,
): void {
  app.post('/v1/turfs/:id/hand', { schema: { params } }, async (request, reply) => {
    void reply.header('cache-control', 'no-store');
    return valueOf(await handTurf(staffOf(request), request.params.id, ports));
  });

  app.post('/v1/handed', { schema: { body: PostHanded } }, async (request) => {
    limit.check(request.ip);
    const { chapterId } = request.body.claim.note;
    const db = await ports.registry.openChapter(chapterId);
    if (db === null) {
      limit.note(request.ip);
      throw new ProblemError(problem('handed-refused'));
    }
    const answer = await claimHanded(db, request.body, ports);
    if (!answer.ok) limit.note(request.ip);
    else notices.tell({ chapterId: db.id, doorKeys: [SOMEBODY_JOINED] });
    return valueOf(answer);
  });
}
