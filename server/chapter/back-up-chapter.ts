import { chmodSync, copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChapterId } from '#shared/kernel/ids.ts';
import {
  type CopyEnd,
  type CopyJob,
  dropDatabase,
  type MadeCopy,
  makeCopy,
} from '../backup/make-copy.ts';
import { copyToFile } from '../store/copy-to-file.ts';
import { type FactDamage, sayFactDamage } from '../store/damaged-facts.ts';
import type { PostgresChapterDb } from '../store/postgres-chapter-db.ts';

/** What a backup holds, and how to know the file again. */
export interface Backup extends MadeCopy {
  readonly file: string;
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

/** A chapter's file, or its handle where it has none. */
export type BackupSource =
  { readonly engine: 'sqlite'; readonly id: ChapterId; readonly path: string } | PostgresChapterDb;

/** How a backup is made. */
export interface BackupWish {
  /** Whose secret opens it; null: it is not sealed. */
  readonly recipient: string | null;
  /** Where the copy lies until it is sealed; not asked for when it is not. */
  readonly folder: string | null;
  /** Runs the work, in another thread where a server must go on meanwhile. */
  readonly run?: (job: CopyJob) => Promise<CopyEnd>;
}

const PLAIN: BackupWish = { recipient: null, folder: null };

/** PostgreSQL's rows in one file: first under another name, as what has been open is not opened again. */
async function fillFrom(db: PostgresChapterDb, plain: string): Promise<void> {
  const filled = `${plain}.filling`;
  await dropDatabase(plain);
  try {
    await copyToFile(db, filled);
    copyFileSync(filled, plain);
    chmodSync(plain, 0o600);
  } finally {
    await dropDatabase(filled);
  }
}

/**
 * Writes the whole chapter, as it is at one moment, to one file, whichever engine it lives on: a
 * SQLite database, sealed to a key where there is one. The server goes on meanwhile: nobody waits for
 * it. The copy is read through, each fact against its hash, and on the disk before it gets its name,
 * so that a file of that name is always a whole backup. Throws DamagedFactsError when facts have
 * changed in storage; the backup of that name stays.
 */
export async function backUpChapter(
  db: BackupSource,
  file: string,
  { recipient, folder, run = makeCopy }: BackupWish = PLAIN,
): Promise<Backup> {
  if (recipient !== null && folder === null) throw new Error('There is no folder for the copy.');
  const plain = folder === null ? `${file}.part` : join(folder, 'copy.db');
  if (db.engine === 'postgres') await fillFrom(db, plain);
  const live = db.engine === 'sqlite' ? db.path : null;
  const end = await run({ id: db.id, live, plain, to: file, recipient });
  if (end.kind === 'damaged') throw new DamagedFactsError(end.damage, end.keptAs);
  return { ...end.copy, file };
}
