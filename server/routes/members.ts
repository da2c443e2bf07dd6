import { Type } from 'typebox';
import type { MemberId } from '#shared/kernel/ids.ts';
import { problem, ProblemError } from '#shared/kernel/problem.ts';
import { type AddedMember, AddMember, ChangeRole } from '#shared/model/member.ts';
import { id, strict } from '#shared/model/schema.ts';
import { byMember } from '../audit/append-audit.ts';
import { changeRole, markLeft } from '../chapter/change-member.ts';
import { listMembers } from '../chapter/list-members.ts';
import { addMember, giveLink } from '../chapter/staff-links.ts';
import type { Ports } from '../ports.ts';
import type { App } from '../plugins/app-type.ts';
import { staffOf } from '../plugins/auth.ts';
import { valueOf } from '../plugins/problems.ts';
import { requireStepUp } from '../plugins/step-up.ts';

const params = Type.Object({ id: id<MemberId>() }, strict);

/** Who is of the chapter and in which role. */
export function memberRoutes(app: App, ports: Ports): void {
  app.get('/v1/members', (request) => listMembers(staffOf(request).db, ports.clock()));

  app.post(
    '/v1/members',
    { schema: { body: AddMember } },
    async (request): Promise<AddedMember> => {
      requireStepUp(request, ports);
      const actor = staffOf(request);
      const [name, by] = [request.body.name.trim(), byMember(actor)];
      if (name === '')
        throw new ProblemError(problem('not-valid', { reason: 'the name is empty' }));
      const memberId = await addMember(actor.db, { name, role: request.body.role }, ports, by);
      return { id: memberId, link: valueOf(await giveLink(actor.db, memberId, ports, by)) };
    },
  );

  app.post('/v1/members/:id/link', { schema: { params } }, async (request) => {
    requireStepUp(request, ports);
    const actor = staffOf(request);
    return valueOf(await giveLink(actor.db, request.params.id, ports, byMember(actor)));
  });

  app.post(
    '/v1/members/:id/role',
    { schema: { params, body: ChangeRole } },
    async (request, reply) => {
      requireStepUp(request, ports);
      const actor = staffOf(request);
      const by = { actor: byMember(actor), now: ports.clock() };
      valueOf(await changeRole(actor.db, request.params.id, request.body.role, by));
      return reply.status(204).send();
    },
  );

  app.post('/v1/members/:id/leave', { schema: { params } }, async (request, reply) => {
    requireStepUp(request, ports);
    const actor = staffOf(request);
    const by = { actor: byMember(actor), now: ports.clock() };
    valueOf(await markLeft(actor.db, request.params.id, by));
    return reply.status(204).send();
  });
}
