import { Type } from 'typebox';
import type { Id } from '#shared/kernel/ids.ts';
import { problem, ProblemError } from '#shared/kernel/problem.ts';
import { AskShare, CountShare, RefuseShare, TraceShare } from '#shared/model/ask-share.ts';
import { id, strict } from '#shared/model/schema.ts';
import { KIND_RULES } from '#shared/model/share.ts';
import { csvLines } from '../export/stream-csv.ts';
import type { App } from '../plugins/app-type.ts';
import { staffOf } from '../plugins/auth.ts';
import { valueOf } from '../plugins/problems.ts';
import { sendDownload } from '../plugins/send-download.ts';
import { requireStepUp } from '../plugins/step-up.ts';
import type { Ports } from '../ports.ts';
import { askShare } from '../share/ask-share.ts';
import { countShare } from '../share/count-share.ts';
import { decideShare } from '../share/decide-share.ts';
import { listAllShares } from '../share/list-shares.ts';
import { takeShare } from '../share/take-share.ts';
import { traceShare } from '../share/trace-share.ts';
import { findUniverse } from '../turf/universes.ts';

const params = Type.Object({ id: id<Id<'share'>>() }, strict);

/** Giving data to somebody outside: asked for, approved by a second person, taken once, traced. */
export function shareRoutes(app: App, ports: Ports): void {
  app.get('/v1/shares', (request) => listAllShares(staffOf(request).db));

  app.post('/v1/shares', { schema: { body: AskShare } }, async (request) =>
    valueOf(await askShare(staffOf(request), request.body, ports)),
  );

  app.post('/v1/shares/count', { schema: { body: CountShare } }, async (request) => {
    const { db } = staffOf(request);
    const { legalKind, universeId } = request.body;
    const universe = universeId === null ? null : await findUniverse(db, universeId);
    if (universeId !== null && universe === null) throw new ProblemError(problem('not-found'));
    const { consent } = KIND_RULES[legalKind];
    return countShare(db, { question: universe?.question ?? null, consent });
  });

  app.post('/v1/shares/:id/approve', { schema: { params } }, async (request) => {
    requireStepUp(request, ports);
    const decision = { state: 'approved' } as const;
    return valueOf(await decideShare(staffOf(request), request.params.id, decision, ports.clock()));
  });

  app.post('/v1/shares/:id/refuse', { schema: { params, body: RefuseShare } }, async (request) => {
    const decision = { state: 'refused', why: request.body.why } as const;
    return valueOf(await decideShare(staffOf(request), request.params.id, decision, ports.clock()));
  });

  app.get(
    '/v1/shares/:id/file.csv',
    // A stream that is packed on the way would have another length and hash than the ledger says.
    { compress: false as const, schema: { params } },
    async (request, reply) => {
      requireStepUp(request, ports);
      const taken = await takeShare(staffOf(request), request.params.id, ports.clock);
      const { book, csv } = valueOf(taken);
      return sendDownload(reply, book, csvLines(csv), {
        file: `share-${request.params.id.slice(-8)}.csv`,
        type: 'text/csv; charset=utf-8',
      });
    },
  );

  app.post('/v1/shares/trace', { schema: { body: TraceShare } }, (request) =>
    traceShare(staffOf(request).db, request.body.text),
  );
}
