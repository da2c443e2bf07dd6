import Type from 'typebox';
import type { ImportId } from '#shared/kernel/ids.ts';
import { GivenTerms, SetRules } from '#shared/model/privacy.ts';
import { id, strict } from '#shared/model/schema.ts';
import { byMember } from '../audit/append-audit.ts';
import type { App } from '../plugins/app-type.ts';
import { staffOf } from '../plugins/auth.ts';
import { valueOf } from '../plugins/problems.ts';
import type { Ports } from '../ports.ts';
import { readRulesPage } from '../privacy/read-rules-page.ts';
import { setRules, setTerms } from '../privacy/set-rules.ts';

const params = Type.Object({ id: id<ImportId>() }, strict);

/** Whose law holds, under which terms files came, and how long what was learnt is kept. */
export function privacyRoutes(app: App, ports: Ports): void {
  app.get('/v1/rules', (request) => readRulesPage(staffOf(request).db, ports.clock()));

  app.put('/v1/rules', { schema: { body: SetRules } }, async (request) => {
    const actor = staffOf(request);
    const now = ports.clock();
    await setRules(actor.db, request.body, { actor: byMember(actor), now });
    return readRulesPage(actor.db, now);
  });

  app.put(
    '/v1/roll/imports/:id/terms',
    { schema: { params, body: GivenTerms } },
    async (request) => {
      const actor = staffOf(request);
      const by = { actor: byMember(actor), now: ports.clock() };
      return valueOf(await setTerms(actor.db, request.params.id, request.body, by));
    },
  );
}
