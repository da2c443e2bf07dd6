import Type from 'typebox';
import { problem, ProblemError } from '#shared/kernel/problem.ts';
import type { Id } from '#shared/kernel/ids.ts';
import {
  KeepLayer,
  type LayerDraft,
  type LayerId,
  type LayerList,
  StartLayer,
} from '#shared/model/layer.ts';
import { id, strict } from '#shared/model/schema.ts';
import { rulesOf } from '#shared/privacy/rules/rule-packs.ts';
import { byMember } from '../audit/append-audit.ts';
import type { App } from '../plugins/app-type.ts';
import { staffOf } from '../plugins/auth.ts';
import { valueOf } from '../plugins/problems.ts';
import { requireStepUp } from '../plugins/step-up.ts';
import type { Ports } from '../ports.ts';
import { readRules } from '../privacy/read-rules.ts';
import { LayerJobs } from '../roll/layer-jobs.ts';
import { draftLeftOutCsv, leftOutCsv, leftOutPage } from '../roll/left-out-csv.ts';
import { listLayers } from '../roll/list-layers.ts';
import { removeLayer } from '../roll/remove-layer.ts';
import { findUpload } from '../roll/upload.ts';
import { sendCsv } from './exports.ts';

const params = Type.Object({ id: id<LayerId>() }, strict);
const draftParams = Type.Object({ id: id<Id<'draft'>>() }, strict);
const page = Type.Object(
  { after: Type.Optional(Type.String({ maxLength: 10, pattern: '^[0-9]{1,10}$' })) },
  strict,
);

function found(draft: LayerDraft | null): LayerDraft {
  if (draft === null) throw new ProblemError(problem('layer-draft-gone'));
  return draft;
}

/** Columns of other files on the people of the roll: look for them, keep, replace, delete. */
export function layerRoutes(app: App, ports: Ports): void {
  const jobs = new LayerJobs(ports);
  app.addHook('onClose', () => jobs.close());
  const csv = { compress: false as const };

  app.get('/v1/roll/layers', async (request): Promise<LayerList> => {
    const { db } = staffOf(request);
    const { region } = await readRules(db.read);
    const { refuses } = rulesOf(region);
    return { layers: await listLayers(db), current: jobs.current(db), refuses };
  });

  app.post('/v1/roll/layers/drafts', { schema: { body: StartLayer } }, async (request) => {
    const { db } = staffOf(request);
    const upload = valueOf(await findUpload(db, request.body.uploadId, ports.clock()));
    const { started, finished } = valueOf(await jobs.match(db, upload, request.body));
    finished.catch((error: unknown) => request.log.error({ error: String(error) }, 'layer'));
    return started;
  });

  app.get('/v1/roll/layers/drafts/:id', { schema: { params: draftParams } }, async (request) =>
    found(await jobs.find(staffOf(request).db, request.params.id)),
  );

  app.delete('/v1/roll/layers/drafts/:id', { schema: { params: draftParams } }, async (request) =>
    found(await jobs.cancel(staffOf(request).db, request.params.id)),
  );

  app.post(
    '/v1/roll/layers/drafts/:id/keep',
    { schema: { params: draftParams, body: KeepLayer } },
    async (request) => {
      const { db, member } = staffOf(request);
      const maker = { actor: byMember({ member }), memberId: member.id };
      const begun = await jobs.keep(db, request.params.id, request.body, maker);
      const { started, finished } = valueOf(begun);
      finished.catch((error: unknown) => request.log.error({ error: String(error) }, 'layer'));
      return started;
    },
  );

  app.get(
    '/v1/roll/layers/drafts/:id/left-out.csv',
    { ...csv, schema: { params: draftParams } },
    async (request, reply) => {
      requireStepUp(request, ports);
      const actor = staffOf(request);
      const wish = valueOf(await draftLeftOutCsv(actor.db, request.params.id));
      return sendCsv(reply, actor, wish, 'layer-left-out.csv', ports);
    },
  );

  app.get(
    '/v1/roll/layers/:id/left-out.csv',
    { ...csv, schema: { params } },
    async (request, reply) => {
      requireStepUp(request, ports);
      const actor = staffOf(request);
      const wish = valueOf(await leftOutCsv(actor.db, request.params.id));
      return sendCsv(reply, actor, wish, 'layer-left-out.csv', ports);
    },
  );

  app.get(
    '/v1/roll/layers/:id/left-out',
    { schema: { params, querystring: page } },
    async (request) => {
      const after = Number(request.query.after ?? '0');
      return valueOf(await leftOutPage(staffOf(request).db, request.params.id, after));
    },
  );

  app.delete('/v1/roll/layers/:id', { schema: { params } }, async (request, reply) => {
    const { db, member } = staffOf(request);
    const by = { actor: byMember({ member }) };
    valueOf(await removeLayer(db, jobs, request.params.id, by, ports.clock()));
    return reply.status(204).send();
  });
}
