import { createHash } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { type CopyEnd, type CopyJob, makeCopy } from '../backup/make-copy.ts';
import { type FileMark, markFile } from '../backup/seal-file.ts';
import { inFile, syncPath } from '../store/backup-file.ts';
import type { Sqlite } from '../store/sqlite.ts';
import { ARCHIVE_RESOURCES } from './archive-resources.ts';
import { SUMS } from './check-sums.ts';
import { CsvText } from './csv-text.ts';
import { drawings } from './fact-rows.ts';
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
import { zipFiles } from './zip-files.ts';

/** An archive to be made from a copy of the chapter. It can be handed to another thread. */
export interface ArchiveJob {
  /** The copy, as `chapter.db` in the folder. */
  readonly copy: CopyJob;
  readonly folder: string;
  readonly at: number;
  /** Of the software. */
  readonly version: string;
  /** The page for the next officers. */
  readonly handOver: string;
  /** Where all of it is put into one file; null: it stays a folder. */
  readonly zip: string | null;
}

/** What an archive holds. */
export interface Filled {
  readonly files: number;
  /** Of all tables together. */
  readonly rows: number;
  readonly bytes: number;
  /** Of SHA256SUMS, hex: it stands for every file of the archive. */
  readonly sha256: string;
  /** The one file; null: there is none. */
  readonly zip: FileMark | null;
}

export interface MadeArchive {
  /** What became of the copy. */
  readonly end: CopyEnd;
  /** Null: the copy was not made. */
  readonly filled: Filled | null;
}

/** How far it is: what is written now, and how many of how many parts are done. */
export interface ArchiveProgress {
  readonly part: string;
  readonly done: number;
  readonly of: number;
}

interface Table {
  readonly resource: ArchiveResource;
  readonly file: WrittenFile;
  readonly rows: number;
}

/** The copy, each table, what is no table, the one file. */
const PARTS = ARCHIVE_RESOURCES.length + 3;

function writeTables(sqlite: Sqlite, folder: string, say: (part: string) => void): Table[] {
  return ARCHIVE_RESOURCES.map((resource) => {
    const name = `${resource.name}.csv`;
    say(name);
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
  for (const { name, text } of drawings(sqlite)) files.push(writeText(folder, name, [text]));
  for (const { name, text } of mapFiles(sqlite)) files.push(writeText(folder, name, [text]));
  return files;
}

/** All files of the archive, from the copy of the chapter that is one of them. */
async function fill(
  { folder, handOver, zip }: ArchiveJob,
  about: PackageOf,
  say: (part: string) => void,
): Promise<Filled> {
  const path = join(folder, 'chapter.db');
  const { tables, rest } = inFile(path, (sqlite) => {
    const written = writeTables(sqlite, folder, say);
    say('log.jsonl');
    return { tables: written, rest: writeRest(sqlite, folder) };
  });
  chmodSync(path, 0o600);
  const files = [
    { name: 'chapter.db', ...(await markFile(path)) },
    ...tables.map(({ file }) => file),
    ...rest,
    writeText(folder, 'datapackage.json', [dataPackage(about, tables)]),
    writeText(folder, 'README.txt', [readmeText(about, tables)]),
    writeText(folder, 'handover.txt', [handOver]),
  ].sort((a, b) => (a.name < b.name ? -1 : 1));
  const sums = files.map((one) => `${one.sha256}  ${one.name}\n`).join('');
  const all = [...files, writeText(folder, SUMS, [sums])];
  syncPath(path);
  syncPath(folder);
  if (zip !== null) say('ZIP');
  const names = all.map(({ name }) => name);
  const top = `${about.slug}-archive`;
  return {
    files: all.length,
    rows: tables.reduce((sum, one) => sum + one.rows, 0),
    bytes: all.reduce((sum, one) => sum + one.bytes, 0),
    sha256: createHash('sha256').update(sums).digest('hex'),
    zip: zip === null ? null : await zipFiles({ folder, names, top, at: about.at, to: zip }),
  };
}

/**
 * Copies the chapter into a folder as it is at one moment, and writes everything that it has beside the
 * copy, in forms that anybody can read without us.
 */
export async function makeArchive(
  job: ArchiveJob,
  onProgress: (progress: ArchiveProgress) => void,
): Promise<MadeArchive> {
  let done = -1;
  const say = (part: string): void => {
    done += 1;
    onProgress({ part, done, of: PARTS });
  };
  say('chapter.db');
  const end = await makeCopy(job.copy);
  if (end.kind === 'damaged') return { end, filled: null };
  const { slug, name } = end.copy;
  const about: PackageOf = { slug, name, at: job.at, version: job.version };
  return { end, filled: await fill(job, about, say) };
}
