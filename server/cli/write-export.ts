import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BY_OPERATOR } from '../audit/append-audit.ts';
import { findMember } from '../chapter/staff-links.ts';
import { exportBook } from '../export/ledger.ts';
import { labelRows } from '../export/label-rows.ts';
import { readOwnUse } from '../export/own-use.ts';
import { csvLines, type CsvExport } from '../export/stream-csv.ts';
import { streamOut } from '../export/stream-out.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { CommandError } from './terminal.ts';

/**
 * Writes an export into a file, each row saying what it is for, listed in the ledger under the
 * chapter's admin: beside the file first, so that a file that broke off never looks whole.
 */
export async function writeExport(
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
    const labelled = labelRows(wish, await readOwnUse(db.read, ports.clock()));
    const out = Readable.from(streamOut(book, csvLines(labelled)), { objectMode: false });
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
