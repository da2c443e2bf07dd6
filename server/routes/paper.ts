import { Type } from 'typebox';
import { isUuid, type TurfId } from '#shared/kernel/ids.ts';
import { problem, ProblemError } from '#shared/kernel/problem.ts';
import { EnterPaper, PAPER_LANGUAGES } from '#shared/model/paper.ts';
import { id, strict, words } from '#shared/model/schema.ts';
import { MOST_PRINTED } from '#shared/paper/print-parts.ts';
import { exportBook, takerOf } from '../export/ledger.ts';
import { enterPaper } from '../paper/enter-paper.ts';
import { printPaper } from '../paper/print-paper.ts';
import { readEntry } from '../paper/read-entry.ts';
import type { App } from '../plugins/app-type.ts';
import { staffOf } from '../plugins/auth.ts';
import { valueOf } from '../plugins/problems.ts';
import { sendBytes } from '../plugins/send-download.ts';
import { requireStepUp } from '../plugins/step-up.ts';
import type { Ports } from '../ports.ts';
import type { CommitNotices } from '../sync/notify.ts';

const Print = Type.Object(
  {
    /** More turfs behind the first, their ids with commas between them. */
    moreIds: Type.Optional(Type.String({ maxLength: 37 * MOST_PRINTED })),
    size: Type.Optional(words(['letter', 'a4'])),
    language: Type.Optional(words(PAPER_LANGUAGES)),
  },
  strict,
);

const params = Type.Object({ id: id<TurfId>() }, strict);

function turfIdsOf(first: TurfId, more: string): TurfId[] {
  const ids = [...new Set([first, ...more.split(',').filter((id) => id !== '')])];
  if (!ids.every(isUuid)) throw new ProblemError(problem('not-found'));
  return ids as TurfId[];
}

/** Lists on paper, and what comes back on them. */
export function paperRoutes(app: App, ports: Ports, notices: CommitNotices): void {
  // A stream that is packed on the way would have another length and hash than the ledger says.
  const unpacked = { compress: false as const, schema: { params, querystring: Print } };

  app.get('/v1/turfs/:id/paper.pdf', unpacked, async (request, reply) => {
    requireStepUp(request, ports);
    const actor = staffOf(request);
    const { moreIds = '', size = 'letter', language = 'en' } = request.query;
    const wish = { turfIds: turfIdsOf(request.params.id, moreIds), size, language };
    const means = { now: ports.clock(), publicUrl: ports.publicUrl() };
    const { name, parts } = valueOf(await printPaper(actor.db, wish, means));
    const book = exportBook(takerOf(actor), 'paper', ports);
    return sendBytes(reply, book, parts, { file: name, type: 'application/pdf' });
  });

  app.get('/v1/turfs/:id/paper', { schema: { params } }, async (request) =>
    valueOf(await readEntry(staffOf(request), request.params.id)),
  );

  app.post('/v1/turfs/:id/paper', { schema: { params, body: EnterPaper } }, async (request) => {
    const { clock, random } = ports;
    const means = { clock, random, notices };
    return valueOf(await enterPaper(staffOf(request), request.params.id, request.body, means));
  });
}
