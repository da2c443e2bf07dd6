import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { readHandOver } from '../backup/hand-over.ts';
import { handOverText } from '../backup/hand-over-text.ts';
import { markFile } from '../backup/seal-file.ts';
import { backUpChapter } from '../chapter/back-up-chapter.ts';
import { exportBook, type Taker } from '../export/ledger.ts';
import type { Ports } from '../ports.ts';
import { inFile, syncPath } from '../store/backup-file.ts';
import type { Sqlite } from '../store/sqlite.ts';
import { ARCHIVE_RESOURCES } from './archive-resources.ts';
import { SUMS } from './check-sums.ts';
import { CsvText } from './csv-text.ts';
import { dataPackage, type PackageOf } from './data-package.ts';
import {
  auditLines,
  heldLines,
  ledgerLines,
  logLines,
  mapFiles,
  scriptFiles,
  turfFeatures,
} from './line-texts.ts';
import { readmeText } from './readme-text.ts';
import type { ArchiveResource } from './resource.ts';
import { writeText, type WrittenFile } from './write-text.ts';

/** What was written. */
export interface Archived {
  readonly folder: string;
  readonly files: number;
  /** Of all tables together. */
  readonly rows: number;
  readonly bytes: number;
  /** Of SHA256SUMS, hex: it stands for every file of the archive. */
  readonly sha256: string;
}

export interface ArchiveMeans extends Pick<Ports, 'config' | 'clock' | 'random' | 'publicUrl'> {
  readonly onProgress: (file: string) => void;
}

interface Table {
  readonly resource: ArchiveResource;
  readonly file: WrittenFile;
  readonly rows: number;
}

function writeTables(sqlite: Sqlite, folder: string, means: ArchiveMeans): Table[] {
  return ARCHIVE_RESOURCES.map((resource) => {
    const name = `${resource.name}.csv`;
    means.onProgress(name);
    const text = new CsvText(resource, sqlite);
    const file = writeText(folder, name, text);
    return { resource, file, rows: text.rows };
  });
}

function writeRest(sqlite: Sqlite, folder: string): WrittenFile[] {
  const files = [
    writeText(folder, 'log.jsonl', logLines(sqlite)),
    writeText(folder, 'held.jsonl', heldLines(sqlite)),
    writeText(folder, 'ledger.jsonl', ledgerLines(sqlite)),
    writeText(folder, 'audit.jsonl', auditLines(sqlite)),
    writeText(folder, 'turfs.geojson', turfFeatures(sqlite)),
  ];
  for (const { name, text } of scriptFiles(sqlite)) files.push(writeText(folder, name, [text]));
  for (const { name, text } of mapFiles(sqlite)) files.push(writeText(folder, name, [text]));
  return files;
}

/** All files of the archive, from the copy of the chapter that is one of them. */
async function writeFiles(
  { db }: Taker,
  folder: string,
  means: ArchiveMeans,
): Promise<Omit<Archived, 'folder'>> {
  const at = means.clock();
  const page = await readHandOver(db, { ...means, address: means.publicUrl() });
  means.onProgress('chapter.db');
  const path = join(folder, 'chapter.db');
  const { slug, name } = await backUpChapter(db, path);
  const about: PackageOf = { slug, name, at, version: packageJson.version };
  const { tables, rest } = inFile(path, (sqlite) => ({
    tables: writeTables(sqlite, folder, means),
    rest: writeRest(sqlite, folder),
  }));
  chmodSync(path, 0o600);
  const files = [
    { name: 'chapter.db', ...(await markFile(path)) },
    ...tables.map(({ file }) => file),
    ...rest,
    writeText(folder, 'datapackage.json', [dataPackage(about, tables)]),
    writeText(folder, 'README.txt', [readmeText(about, tables)]),
    writeText(folder, 'handover.txt', [handOverText(page)]),
  ].sort((a, b) => (a.name < b.name ? -1 : 1));
  const sums = files.map((one) => `${one.sha256}  ${one.name}\n`).join('');
  const list = writeText(folder, SUMS, [sums]);
  syncPath(path);
  syncPath(folder);
  return {
    files: files.length + 1,
    rows: tables.reduce((sum, one) => sum + one.rows, 0),
    bytes: [...files, list].reduce((sum, one) => sum + one.bytes, 0),
    sha256: createHash('sha256').update(sums).digest('hex'),
  };
}

const isEmpty = (folder: string): boolean =>
  !existsSync(folder) || readdirSync(folder).length === 0;

/**
 * Writes everything that a chapter has into one directory that anybody can read without us, from
 * one moment of it, while the server goes on. The directory gets its name when all of it is on the
 * disk. It is a departure: in the ledger with the hash of SHA256SUMS, and in the audit chain.
 * Problems: not-valid where something lies in that directory.
 */
export async function writeArchive(
  taker: Taker,
  folder: string,
  means: ArchiveMeans,
): Promise<Result<Archived>> {
  if (!isEmpty(folder)) {
    return fail(problem('not-valid', { reason: `there is something in ${folder} already` }));
  }
  const part = `${folder}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true, mode: 0o700 });
  const book = exportBook(taker, 'archive', means);
  try {
    await book.begin();
    const written = await writeFiles(taker, part, means);
    if (existsSync(folder)) rmdirSync(folder);
    renameSync(part, folder);
    syncPath(dirname(folder));
    const { rows, bytes, sha256, files } = written;
    await book.end({ rows, bytes, sha256, broken: false });
    await taker.db.write((trx) =>
      appendAudit(trx, {
        at: means.clock(),
        kind: 'archived',
        actor: taker.actor,
        details: { files, rows, bytes, sha256 },
      }),
    );
    return ok({ folder, ...written });
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    throw error;
  }
}
