import { Type } from 'typebox';
import type { Id, TurfId } from '#shared/kernel/ids.ts';
import { problem, ProblemError } from '#shared/kernel/problem.ts';
import { InviteRemotely, LetIn, type RemoteInvite } from '#shared/model/invite.ts';
import { id, strict } from '#shared/model/schema.ts';
import { appendAudit, byMember } from '../audit/append-audit.ts';
import { letIn, refuseInvite } from '../invites/decide-invite.ts';
import { listInvites } from '../invites/list-invites.ts';
import { makeInvite } from '../invites/make-invite.ts';
import type { Ports } from '../ports.ts';
import type { App } from '../plugins/app-type.ts';
import { staffOf } from '../plugins/auth.ts';
import { valueOf } from '../plugins/problems.ts';
import { type CommitNotices, SOMEBODY_JOINED } from '../sync/notify.ts';

const params = Type.Object({ id: id<Id<'invite'>>() }, strict);

/** Links for people who are not at the table, and who is on the way in. */
export function inviteRoutes(app: App, ports: Ports, notices: CommitNotices): void {
  app.get('/v1/invites', (request) => listInvites(staffOf(request).db, ports.clock()));

  app.post(
    '/v1/invites',
    { schema: { body: InviteRemotely } },
    async (request): Promise<RemoteInvite> => {
      const actor = staffOf(request);
      const name = request.body.name.trim();
      if (name === '') {
        throw new ProblemError(problem('not-valid', { reason: 'the name is empty' }));
      }
      const wish = { kind: 'remote', turfId: null, by: actor.member.id, name } as const;
      const made = await makeInvite(actor.db, wish, ports, (trx, invite) =>
        appendAudit(trx, {
          at: ports.clock(),
          kind: 'invited',
          actor: byMember(actor),
          subject: invite.id,
          details: { name, way: 'remote', until: invite.expiresAt },
        }),
      );
      const { token, expiresAt } = made;
      return { id: made.id, url: `${ports.publicUrl()}/join#${token}`, expiresAt };
    },
  );

  app.post(
    '/v1/invites/:id/approve',
    { schema: { params, body: LetIn } },
    async (request, reply) => {
      const actor = staffOf(request);
      const turfId = request.body.turfId as TurfId;
      valueOf(await letIn(actor, request.params.id, turfId, ports));
      notices.tell({ chapterId: actor.db.id, doorKeys: [SOMEBODY_JOINED] });
      return reply.status(204).send();
    },
  );

  app.post('/v1/invites/:id/refuse', { schema: { params } }, async (request, reply) => {
    const actor = staffOf(request);
    valueOf(await refuseInvite(actor, request.params.id, ports.clock()));
    notices.tell({ chapterId: actor.db.id, doorKeys: [SOMEBODY_JOINED] });
    return reply.status(204).send();
  });
}
