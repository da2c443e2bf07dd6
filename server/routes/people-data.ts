import { ClearOptOut, CopyPerson, ErasePerson, FindPerson } from '#shared/model/privacy.ts';
import { byMember } from '../audit/append-audit.ts';
import type { App } from '../plugins/app-type.ts';
import { staffOf } from '../plugins/auth.ts';
import { valueOf } from '../plugins/problems.ts';
import { requireStepUp } from '../plugins/step-up.ts';
import type { Ports } from '../ports.ts';
import { clearOptOut } from '../privacy/clear-opt-out.ts';
import { copyPerson } from '../privacy/copy-person.ts';
import { erasePerson } from '../privacy/erase-person.ts';
import { findPeople } from '../privacy/find-person.ts';

/** What one person may ask of the chapter: what it holds of them, and that it ends. */
export function peopleDataRoutes(app: App, ports: Ports): void {
  app.post('/v1/person/find', { schema: { body: FindPerson } }, (request) => {
    const actor = staffOf(request);
    return findPeople(actor.db, request.body.typed, byMember(actor), ports.clock());
  });

  app.post('/v1/person/copy', { schema: { body: CopyPerson } }, async (request) => {
    requireStepUp(request, ports);
    const actor = staffOf(request);
    const { id } = request.body;
    return valueOf(await copyPerson(actor.db, id, byMember(actor), ports.clock()));
  });

  app.post('/v1/person/erase', { schema: { body: ErasePerson } }, async (request) => {
    requireStepUp(request, ports);
    const actor = staffOf(request);
    const { id, why } = request.body;
    const by = { actor: byMember(actor), name: actor.member.name, why };
    return valueOf(await erasePerson(actor.db, id, by, ports));
  });

  app.post('/v1/person/clear', { schema: { body: ClearOptOut } }, async (request) => {
    requireStepUp(request, ports);
    return valueOf(await clearOptOut(staffOf(request), request.body, ports.clock()));
  });
}
