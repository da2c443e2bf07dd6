import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, createReadStream, rmSync } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { ChapterId } from '#shared/kernel/ids.ts';
import { copyToFile } from '../store/copy-to-file.ts';
import type { PostgresChapterDb } from '../store/postgres-chapter-db.ts';
import { type FactDamage, findFactDamage, sayFactDamage } from '../store/damaged-facts.ts';
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

/**
 * Says that facts have changed where they are stored. The copy, which has all the others, lies beside
 * the backup that was to be written over: restoring it sets the damaged ones aside.
 */
export class DamagedFactsError extends Error {
  readonly damage: FactDamage;
  readonly keptAs: string;
  constructor(damage: FactDamage, keptAs: string) {
    super(sayFactDamage(damage));
    this.damage = damage;
    this.keptAs = keptAs;
  }
}

const ENDS = ['', '-wal', '-shm', '-journal'];

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
  // In a file of its own first: what has been open here is not opened again.
  const filled = `${part}.filling`;
  try {
    await copyToFile(db, filled);
    copyFileSync(filled, part);
    chmodSync(part, 0o600);
  } finally {
    for (const end of ENDS) rmSync(filled + end, { force: true });
  }
}

/**
 * Writes the whole chapter, as it is at one moment, to one SQLite file, whichever engine it lives
 * on. The server goes on meanwhile: nobody waits for it. The copy is read through, each fact against
 * its hash, and on the disk before it gets its name, so that a file of that name is always a whole
 * backup. Throws DamagedFactsError when facts have changed in storage; the backup of that name stays.
 */
export async function backUpChapter(db: BackupSource, file: string): Promise<Backup> {
  const part = `${file}.part`;
  const drop = () => Promise.all(ENDS.map((end) => rm(part + end, { force: true })));
  await drop();
  try {
    await writeCopy(db, part);
    const { facts, rot } = inFile(part, (sqlite) => {
      const damage = findDamage(sqlite);
      if (damage !== null) throw new Error(`The copy is damaged: ${damage}.`);
      return { facts: readFacts(sqlite), rot: findFactDamage(sqlite) };
    });
    if (facts?.id !== db.id) throw new Error('The copy bears no stamp of its chapter.');
    syncPath(part);
    if (rot !== null) {
      const keptAs = `${file}.damaged`;
      await rename(part, keptAs);
      syncFile(keptAs);
      throw new DamagedFactsError(rot, keptAs);
    }
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
