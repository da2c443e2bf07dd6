import { parseArgs } from 'node:util';
import { FACT_EXPORT_NAMES, isFactExport } from '#shared/model/fact-export.ts';
import { factsCsv } from '../export/facts-csv.ts';
import { withLayers } from '../export/with-layers.ts';
import { BEHIND, layersCsv } from '../export/layers-csv.ts';
import { answersCsv, knocksCsv } from '../export/knocks-csv.ts';
import { checkTarget } from './check-target.ts';
import { openBySlug, withPorts } from './open-data.ts';
import { CommandError, EXIT, openTerminal } from './terminal.ts';
import { writeExport } from './write-export.ts';

export const EXPORT_HELP = `homeground export contacts --chapter SHORT-NAME --out FILE [--answers FILE] [--json]
homeground export layers --chapter SHORT-NAME --out FILE [--json]
homeground export KIND --chapter SHORT-NAME --out FILE [--drawn] [--json]

  Writes every knock of the chapter as CSV, one row a knock, and with --answers every
  answer, one row an answer. The first column says what the file is for, the last is an id
  that never changes. The second command writes everybody of whom a layer says something, with
  a column for each layer. The third writes every fact of one kind, one row a fact:
  ${FACT_EXPORT_NAMES.slice(0, 6).join(', ')},
  ${FACT_EXPORT_NAMES.slice(6).join(', ')};
  with --drawn signatures have what was drawn, as SVG. It is for the chapter's own use, and what
  leaves is listed under its admin's name: to give data to anybody outside, ask for a share on the
  desk.`;

export async function exportCommand(words: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      chapter: { type: 'string' },
      out: { type: 'string' },
      answers: { type: 'string' },
      drawn: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return void process.stdout.write(`${EXPORT_HELP}\n`);
  const { out, answers, drawn, json } = values;
  const what = positionals.join(' ');
  const known =
    what === 'contacts' || ((what === 'layers' || isFactExport(what)) && answers === undefined);
  if (!known || out === undefined) {
    throw new CommandError(EXPORT_HELP, EXIT.misused);
  }
  for (const path of answers === undefined ? [out] : [out, answers]) await checkTarget(path);
  await withPorts(async (ports) => {
    const db = await openBySlug(ports, values.chapter);
    const terminal = openTerminal(json);
    terminal.progress(`Writing the ${what === 'contacts' ? 'knocks' : what}`);
    const file = isFactExport(what)
      ? factsCsv(db, what, { drawn })
      : what === 'layers'
        ? await withLayers(db, layersCsv(db), BEHIND)
        : await withLayers(db, knocksCsv(db));
    await writeExport(db, file, out, ports);
    if (answers !== undefined) {
      await writeExport(db, await withLayers(db, answersCsv(db)), answers, ports);
    }
    const files = answers === undefined ? [out] : [out, answers];
    terminal.result(`Wrote ${files.join(' and ')}.`, { files });
  });
}
