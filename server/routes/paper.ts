import { Type } from 'typebox';
import type { TurfId } from '#shared/kernel/ids.ts';
import { problem, ProblemError } from '#shared/kernel/problem.ts';
import { isUuid } from '#shared/kernel/ids.ts';
import { strict, words } from '#shared/model/schema.ts';
import { exportBook, takerOf } from '../export/ledger.ts';
import { PAPER_LANGUAGES } from '../paper/paper-words.ts';
import { printPaper } from '../paper/print-paper.ts';
import type { App } from '../plugins/app-type.ts';
import { staffOf } from '../plugins/auth.ts';
import { valueOf } from '../plugins/problems.ts';
import { sendBytes } from '../plugins/send-download.ts';
import { requireStepUp } from '../plugins/step-up.ts';
import type { Ports } from '../ports.ts';

/** A launch prints forty; what is more is a mistake, or a copy of the roll. */
const MOST_TURFS = 100;

const Print = Type.Object(
  {
    /** Ids with commas between them. */
    turfs: Type.String({ minLength: 1, maxLength: 37 * MOST_TURFS }),
    size: Type.Optional(words(['letter', 'a4'])),
    language: Type.Optional(words(PAPER_LANGUAGES)),
  },
  strict,
);

function turfIdsOf(text: string): TurfId[] {
  const ids = [...new Set(text.split(','))];
  if (!ids.every(isUuid)) throw new ProblemError(problem('not-found'));
  return ids as TurfId[];
}

/** Lists on paper, and what comes back on them. */
export function paperRoutes(app: App, ports: Ports): void {
  // A stream that is packed on the way would have another length and hash than the ledger says.
  const unpacked = { compress: false as const, schema: { querystring: Print } };

  app.get('/v1/paper.pdf', unpacked, async (request, reply) => {
    requireStepUp(request, ports);
    const actor = staffOf(request);
    const { turfs, size = 'letter', language = 'en' } = request.query;
    const wish = { turfIds: turfIdsOf(turfs), size, language };
    const means = { now: ports.clock(), publicUrl: ports.publicUrl() };
    const { name, parts } = valueOf(await printPaper(actor.db, wish, means));
    const book = exportBook(takerOf(actor), 'paper', ports);
    return sendBytes(reply, book, parts, { file: name, type: 'application/pdf' });
  });
}
