import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { ChapterId } from '#shared/kernel/ids.ts';
import type { PostgresChapterDb } from '../store/postgres-chapter-db.ts';
import { copyTables } from '../store/copy-tables.ts';
import { fillFile } from '../store/fill-chapter.ts';
import { SqliteChapterDb } from '../store/sqlite-chapter-db.ts';
import {
  type BackupFacts,
  copyAtOneMoment,
  findDamage,
  inFile,
  readFacts,
  syncFile,
  syncPath,
} from '../store/backup-file.ts';

/** What a backup holds, and how to know the file again. */
export interface Backup extends BackupFacts {
  readonly file: string;
  readonly bytes: number;
  /** Of the file, hex. */
  readonly sha256: string;
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** A chapter's file, or its handle where it has none. */
export type BackupSource =
  { readonly engine: 'sqlite'; readonly id: ChapterId; readonly path: string } | PostgresChapterDb;

async function writeCopy(db: BackupSource, part: string): Promise<void> {
  if (db.engine === 'sqlite') {
    copyAtOneMoment(db.path, part);
    return;
  }
  const snapshot = await db.openSnapshot();
  const copy = await SqliteChapterDb.open(db.id, part);
  try {
    await fillFile(copy, async (sink) => void (await copyTables(snapshot.db, sink)));
  } finally {
    await copy.close();
    await snapshot.close();
  }
}

/**
 * Writes the whole chapter, as it is at one moment, to one SQLite file, whichever engine it lives
 * on. The server goes on meanwhile: nobody waits for it. The copy is read through and on the disk
 * before it gets its name, so that a file of that name is always a whole backup.
 */
export async function backUpChapter(db: BackupSource, file: string): Promise<Backup> {
  const part = `${file}.part`;
  const drop = () =>
    Promise.all(['', '-wal', '-shm', '-journal'].map((end) => rm(part + end, { force: true })));
  await drop();
  try {
    await writeCopy(db, part);
    const facts = inFile(part, (sqlite) => {
      const damage = findDamage(sqlite);
      if (damage !== null) throw new Error(`The copy is damaged: ${damage}.`);
      return readFacts(sqlite);
    });
    if (facts?.id !== db.id) throw new Error('The copy bears no stamp of its chapter.');
    syncPath(part);
    const { size: bytes } = await stat(part);
    const sha256 = await hashFile(part);
    await rename(part, file);
    syncFile(file);
    return { ...facts, file, bytes, sha256 };
  } catch (error) {
    await drop();
    throw error;
  }
}
