import type { FastifyRequest } from 'fastify';
import { Join } from '#shared/model/chapter.ts';
import { AskWaiting } from '#shared/model/invite.ts';
import type { Result } from '#shared/kernel/result.ts';
import { joinTurf } from '../chapter/join-turf.ts';
import { giveUp, readWaiting } from '../invites/wait-to-join.ts';
import type { Ports } from '../ports.ts';
import type { App } from '../plugins/app-type.ts';
import type { FailureLimit } from '../plugins/limits.ts';
import { valueOf } from '../plugins/problems.ts';
import { type CommitNotices, SOMEBODY_JOINED } from '../sync/notify.ts';
import type { ChapterId } from '#shared/kernel/ids.ts';

/** A phone takes a turf with a code or the token of a QR, or waits behind a remote link. */
export function joinRoutes(
  app: App,
  ports: Ports,
  limit: FailureLimit,
  notices: CommitNotices,
): void {
  const tell = (chapterId: ChapterId): void =>
    notices.tell({ chapterId, doorKeys: [SOMEBODY_JOINED] });

  /** Only failures count: forty canvassers behind one router must all get in. */
  function settle<T>(request: FastifyRequest, result: Result<T>): T {
    if (!result.ok && result.problem.code === 'code-refused') limit.note(request.ip);
    return valueOf(result);
  }

  app.post('/v1/join', { schema: { body: Join } }, async (request) => {
    limit.check(request.ip);
    const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
    const known = token === undefined ? null : { actor: request.actor, token };
    const answer = settle(request, await joinTurf(request.body, known, ports));
    const by = 'waiting' in answer ? answer.waiting.token.split('.')[0] : answer.chapter.id;
    tell(by as ChapterId);
    return answer;
  });

  app.post('/v1/join/waiting', { schema: { body: AskWaiting } }, async (request) => {
    limit.check(request.ip);
    return settle(request, await readWaiting(request.body.token, ports));
  });

  app.post('/v1/join/give-up', { schema: { body: AskWaiting } }, async (request, reply) => {
    const db = await giveUp(request.body.token, ports);
    if (db !== null) tell(db.id);
    return reply.status(204).send();
  });
}
