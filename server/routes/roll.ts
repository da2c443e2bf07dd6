import type { FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { ImportId } from '#shared/kernel/ids.ts';
import { problem, ProblemError } from '#shared/kernel/problem.ts';
import { DIFF_KINDS, type RollImport, type RollSummary, StartImport } from '#shared/model/roll.ts';
import { id, strict, words } from '#shared/model/schema.ts';
import type { App } from '../plugins/app-type.ts';
import { staffOf } from '../plugins/auth.ts';
import { requireStepUp } from '../plugins/step-up.ts';
import { valueOf } from '../plugins/problems.ts';
import type { Ports } from '../ports.ts';
import { faultsCsv } from '../roll/faults-csv.ts';
import { keepMapping, listMappings } from '../roll/keep-mapping.ts';
import { readRoll } from '../roll/read-roll.ts';
import { resumeAll } from '../roll/resume-all.ts';
import { diffCsv, readDiffPage, readRollDiff } from '../roll/roll-diff.ts';
import type { ImportCost } from '../roll/import-cost.ts';
import { RollImports } from '../roll/roll-imports.ts';
import { dropUpload, findUpload } from '../roll/upload.ts';
import { sendCsv } from './exports.ts';
import { uploadRoutes } from './uploads.ts';

const params = Type.Object({ id: id<ImportId>() }, strict);
const pageQuery = Type.Object(
  {
    kind: Type.Optional(words(DIFF_KINDS)),
    after: Type.Optional(Type.String({ maxLength: 15, pattern: '^[0-9]{1,15}$' })),
  },
  strict,
);

/** The voter file: upload it, look at it, import it, and take out what found no place. */
export function rollRoutes(app: App, ports: Ports): void {
  const onCost = (cost: ImportCost): void => app.log.info({ ...cost }, 'a roll was imported');
  const imports = new RollImports({ ...ports, onCost });
  app.addHook('onClose', () => imports.close());
  app.addHook('onListen', () => {
    void resumeAll(ports.config.dataDir, ports.registry, imports, (said) => app.log.warn(said));
  });
  app.get('/v1/roll', (request): Promise<RollSummary> => readRoll(staffOf(request).db, imports));

  app.get('/v1/roll/mappings', (request) => listMappings(staffOf(request).db));

  uploadRoutes(app, ports);

  app.post('/v1/roll/imports', { schema: { body: StartImport } }, async (request) => {
    const { db, member } = staffOf(request);
    const { uploadId, mapping, terms, apply = false } = request.body;
    const upload = valueOf(await findUpload(db, uploadId, ports.clock()));
    const wish = { mapping, startedBy: member.id, terms: terms ?? null, apply };
    await keepMapping(db, upload, mapping, ports.clock());
    const { started, finished } = valueOf(await imports.start(db, upload, wish));
    // A roll that stands or waits needs its file no longer; one that failed may be tried again.
    finished.then(
      ({ state }) => (state === 'done' || state === 'ready' ? dropUpload(upload.path) : undefined),
      (error: unknown) => request.log.error({ error: String(error) }, 'import'),
    );
    return started;
  });

  app.get('/v1/roll/imports/:id', { schema: { params } }, async (request) => {
    const found = await imports.find(staffOf(request).db, request.params.id);
    if (found === null) throw new ProblemError(problem('not-found'));
    return found;
  });

  app.delete('/v1/roll/imports/:id', { schema: { params } }, async (request) => {
    const ended = await imports.cancel(staffOf(request).db, request.params.id);
    if (ended === null) throw new ProblemError(problem('not-found'));
    return ended;
  });

  const found = async (request: FastifyRequest, importId: ImportId): Promise<RollImport> => {
    const one = await imports.find(staffOf(request).db, importId);
    if (one === null) throw new ProblemError(problem('not-found'));
    return one;
  };

  app.get('/v1/roll/imports/:id/diff', { schema: { params } }, async (request) => {
    const one = await found(request, request.params.id);
    return readRollDiff(staffOf(request).db, one);
  });

  app.get(
    '/v1/roll/imports/:id/diff/people',
    { schema: { params, querystring: pageQuery } },
    async (request) => {
      const one = await found(request, request.params.id);
      const { kind = 'changed', after = '0' } = request.query;
      return readDiffPage(staffOf(request).db, one, kind, Number(after));
    },
  );

  app.get(
    '/v1/roll/imports/:id/diff.csv',
    { compress: false as const, schema: { params } },
    async (request, reply) => {
      requireStepUp(request, ports);
      const one = await found(request, request.params.id);
      const actor = staffOf(request);
      return sendCsv(reply, actor, diffCsv(actor.db, one), 'roll-diff.csv', ports);
    },
  );

  for (const flip of ['apply', 'undo'] as const) {
    app.post(`/v1/roll/imports/:id/${flip}`, { schema: { params } }, async (request) => {
      const { db, member } = staffOf(request);
      const { started, finished } = valueOf(await imports[flip](db, request.params.id, member.id));
      finished.catch((error: unknown) => request.log.error({ error: String(error) }, flip));
      return started;
    });
  }

  const faults = { compress: false as const, schema: { params } };
  const send = async (
    request: FastifyRequest,
    reply: FastifyReply,
    importId: ImportId,
    kind: 'rejected' | 'unplaced',
  ): Promise<FastifyReply> => {
    requireStepUp(request, ports);
    const actor = staffOf(request);
    const found = await imports.find(actor.db, importId);
    if (found === null) throw new ProblemError(problem('not-found'));
    const csv = await faultsCsv(actor.db, importId, kind);
    return sendCsv(reply, actor, csv, `${kind}.csv`, ports);
  };
  app.get('/v1/roll/imports/:id/rejected.csv', faults, (request, reply) =>
    send(request, reply, request.params.id, 'rejected'),
  );
  app.get('/v1/roll/imports/:id/unplaced.csv', faults, (request, reply) =>
    send(request, reply, request.params.id, 'unplaced'),
  );
}
