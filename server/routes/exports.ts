import type { FastifyReply } from 'fastify';
import { type Static, Type } from 'typebox';
import { FACT_EXPORT_NAMES } from '#shared/model/fact-export.ts';
import { strict, words } from '#shared/model/schema.ts';
import { factsCsv } from '../export/facts-csv.ts';
import { knocksCsv, answersCsv } from '../export/knocks-csv.ts';
import { labelRows } from '../export/label-rows.ts';
import { readOwnUse } from '../export/own-use.ts';
import { BEHIND, layersCsv } from '../export/layers-csv.ts';
import { exportBook, listExports, takerOf } from '../export/ledger.ts';
import { csvLines, type CsvExport } from '../export/stream-csv.ts';
import { withLayers } from '../export/with-layers.ts';
import type { App } from '../plugins/app-type.ts';
import { staffOf } from '../plugins/auth.ts';
import { sendDownload } from '../plugins/send-download.ts';
import { requireStepUp } from '../plugins/step-up.ts';
import type { StaffActor } from '../chapter/actor.ts';
import type { Ports } from '../ports.ts';

/** Signatures with what was drawn. */
const Drawn = Type.Object({ drawn: Type.Optional(words(['yes'])) }, strict);

/** Sends a CSV file for the chapter's own use, each row saying so; it enters the ledger while it leaves. */
export async function sendCsv(
  reply: FastifyReply,
  actor: StaffActor,
  wish: CsvExport,
  name: string,
  ports: Ports,
): Promise<FastifyReply> {
  const use = await readOwnUse(actor.db.read, ports.clock());
  const lines = csvLines(labelRows(wish, use));
  return sendDownload(reply, exportBook(takerOf(actor), wish.kind, ports), lines, {
    file: use.nameOf(name),
    type: 'text/csv; charset=utf-8',
  });
}

/** What a research lead takes out of the chapter, and the list of what has left. */
export function exportRoutes(app: App, ports: Ports): void {
  // A stream that is packed on the way would have another length and hash than the ledger says.
  const options = { compress: false as const };

  app.get('/v1/exports/knocks.csv', options, async (request, reply) => {
    requireStepUp(request, ports);
    const actor = staffOf(request);
    const csv = await withLayers(actor.db, knocksCsv(actor.db));
    return sendCsv(reply, actor, csv, 'knocks.csv', ports);
  });

  app.get('/v1/exports/answers.csv', options, async (request, reply) => {
    requireStepUp(request, ports);
    const actor = staffOf(request);
    const csv = await withLayers(actor.db, answersCsv(actor.db));
    return sendCsv(reply, actor, csv, 'answers.csv', ports);
  });

  app.get('/v1/exports/layers.csv', options, async (request, reply) => {
    requireStepUp(request, ports);
    const actor = staffOf(request);
    const csv = await withLayers(actor.db, layersCsv(actor.db), BEHIND);
    return sendCsv(reply, actor, csv, 'layers.csv', ports);
  });

  for (const kind of FACT_EXPORT_NAMES) {
    const querystring = kind === 'signatures' ? Drawn : Type.Object({}, strict);
    app.get(
      `/v1/exports/${kind}.csv`,
      { ...options, schema: { querystring } },
      (request, reply) => {
        requireStepUp(request, ports);
        const actor = staffOf(request);
        const { drawn } = request.query as Static<typeof Drawn>;
        const csv = factsCsv(actor.db, kind, { drawn: drawn === 'yes' });
        return sendCsv(reply, actor, csv, `${kind}.csv`, ports);
      },
    );
  }

  app.get('/v1/exports', (request) => listExports(staffOf(request).db));
}
