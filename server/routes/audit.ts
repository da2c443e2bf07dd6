import { Type } from 'typebox';
import { AUDIT_GROUPS, type AuditGroup } from '#shared/model/audit.ts';
import { strict, words } from '#shared/model/schema.ts';
import { chainLines } from '../audit/chain-lines.ts';
import { ChainChecks } from '../audit/check-chains.ts';
import { listAudit, listAuditMembers } from '../audit/list-audit.ts';
import { readOwnUse } from '../export/own-use.ts';
import { exportBook, takerOf } from '../export/ledger.ts';
import type { App } from '../plugins/app-type.ts';
import { staffOf } from '../plugins/auth.ts';
import { sendDownload } from '../plugins/send-download.ts';
import { requireStepUp } from '../plugins/step-up.ts';
import type { Ports } from '../ports.ts';

const querystring = Type.Object(
  {
    group: Type.Optional(words(Object.keys(AUDIT_GROUPS) as AuditGroup[])),
    member: Type.Optional(Type.String({ minLength: 1, maxLength: 36 })),
    before: Type.Optional(Type.String({ maxLength: 15, pattern: '^[0-9]{1,15}$' })),
  },
  strict,
);

/** What was done, by whom: read by every member of the staff, checked, and taken out whole. */
export function auditRoutes(app: App, ports: Ports): void {
  const checks = new ChainChecks(ports, (sentence) => app.log.warn(sentence));
  app.addHook('onClose', async () => checks.close());

  app.get('/v1/audit', { schema: { querystring } }, (request) => {
    const { group = null, member = null, before } = request.query;
    return listAudit(staffOf(request).db.read, {
      group,
      actorId: member,
      before: before === undefined ? null : Number(before),
    });
  });

  app.get('/v1/audit/members', (request) => listAuditMembers(staffOf(request).db.read));

  app.get('/v1/audit/check', (request) => checks.state(staffOf(request).db));

  app.post('/v1/audit/check', (request) => checks.start(staffOf(request).db));

  app.get('/v1/audit/chain.jsonl', { compress: false as const }, async (request, reply) => {
    requireStepUp(request, ports);
    const actor = staffOf(request);
    const book = exportBook(takerOf(actor), 'audit', ports);
    const { nameOf } = await readOwnUse(actor.db.read, ports.clock());
    return sendDownload(reply, book, chainLines(actor.db), {
      file: nameOf('audit.jsonl'),
      type: 'application/jsonl; charset=utf-8',
    });
  });
}
