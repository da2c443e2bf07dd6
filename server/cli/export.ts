import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { BY_OPERATOR } from '../audit/append-audit.ts';
import { findMember } from '../chapter/staff-links.ts';
import { answersCsv, knocksCsv } from '../export/knocks-csv.ts';
import { exportBook } from '../export/ledger.ts';
import { readOwnUse } from '../export/own-use.ts';
import { csvLines, type CsvExport } from '../export/stream-csv.ts';
import { streamOut } from '../export/stream-out.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { checkTarget } from './check-target.ts';
import { openBySlug, withPorts } from './open-data.ts';
import { CommandError, EXIT, openTerminal } from './terminal.ts';

export const EXPORT_HELP = `homeground export contacts --chapter SHORT-NAME --out FILE [--answers FILE] [--json]

  Writes every knock of the chapter as CSV, one row a knock, and with --answers every
  answer, one row an answer. The first column says what the file is for, the last is an id
  that never changes. It is for the chapter's own use, and what leaves is listed under its admin's name: to give data to
  anybody outside, ask for a share on the desk.`;

/** Writes beside the file first, so that a file that broke off never looks whole. */
async function writeFile(
  db: ChapterDb,
  wish: CsvExport,
  path: string,
  ports: Ports,
): Promise<void> {
  const memberId = await findMember(db, 'admin');
  if (memberId === null)
    throw new CommandError('The chapter has no admin to list the export under.');
  const part = `${path}.part`;
  try {
    const book = exportBook({ db, memberId, actor: BY_OPERATOR }, wish.kind, ports);
    const out = Readable.from(streamOut(book, csvLines(wish)), { objectMode: false });
    await pipeline(out, createWriteStream(part, { mode: 0o600 }));
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    if (error instanceof CommandError) throw error;
    const code = (error as { code?: string }).code ?? '';
    throw new CommandError(
      `The file ${path} could not be written (${code}). What was there stays.`,
    );
  }
}

export async function exportCommand(words: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      chapter: { type: 'string' },
      out: { type: 'string' },
      answers: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return void process.stdout.write(`${EXPORT_HELP}\n`);
  const { out, answers, json } = values;
  if (positionals.join(' ') !== 'contacts' || out === undefined) {
    throw new CommandError(EXPORT_HELP, EXIT.misused);
  }
  for (const path of answers === undefined ? [out] : [out, answers]) await checkTarget(path);
  await withPorts(async (ports) => {
    const db = await openBySlug(ports, values.chapter);
    const terminal = openTerminal(json);
    terminal.progress('Writing the knocks');
    const use = await readOwnUse(db.read, ports.clock());
    await writeFile(db, knocksCsv(db, use), out, ports);
    if (answers !== undefined) await writeFile(db, answersCsv(db, use), answers, ports);
    const files = answers === undefined ? [out] : [out, answers];
    terminal.result(`Wrote ${files.join(' and ')}.`, { files });
  });
}
