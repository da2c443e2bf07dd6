import { rename, rm } from 'node:fs/promises';
import type { ChapterId } from '#shared/kernel/ids.ts';
import { type FactDamage, findFactDamage } from '../store/damaged-facts.ts';
import {
  type BackupFacts,
  copyAtOneMoment,
  findDamage,
  inFile,
  readFacts,
  syncFile,
  syncPath,
} from '../store/backup-file.ts';
import { countRows, type RowCounts } from './count-rows.ts';
import { type FileMark, markFile, sealFile } from './seal-file.ts';

/** A backup to be made. It can be handed to another thread. */
export interface CopyJob {
  readonly id: ChapterId;
  /** The chapter's own file, copied as it is at one moment; null: the copy lies at `plain` already. */
  readonly live: string | null;
  /** Where the copy lies until it is sealed or gets its name. */
  readonly plain: string;
  /** The backup. */
  readonly to: string;
  /** Null: it is not sealed. */
  readonly recipient: string | null;
}

/** What a backup holds, and how to know the file again. */
export interface MadeCopy extends BackupFacts, FileMark {
  readonly counts: RowCounts;
}

export type CopyEnd =
  | { readonly kind: 'made'; readonly copy: MadeCopy }
  | { readonly kind: 'damaged'; readonly damage: FactDamage; readonly keptAs: string };

const ENDS = ['', '-wal', '-shm', '-journal'];

/** Removes a database and what lies beside it. */
export async function dropDatabase(path: string): Promise<void> {
  await Promise.all(ENDS.map((end) => rm(path + end, { force: true })));
}

/** The copy under a name, sealed where there is a recipient; a file of that name is always whole. */
async function give(job: CopyJob, to: string): Promise<FileMark> {
  const { plain, recipient } = job;
  let part = plain;
  let mark: FileMark | null = null;
  if (recipient !== null) {
    part = `${to}.part`;
    await rm(part, { force: true });
    try {
      mark = await sealFile(plain, part, recipient);
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
  } else {
    syncPath(part);
    mark = await markFile(part);
  }
  await rename(part, to);
  syncFile(to);
  return mark;
}

/**
 * Makes one backup: copies, reads the copy through, each fact against its hash, and seals it. The
 * copy is gone afterwards, however it ends. Facts that have changed in storage end it with the copy
 * under another name, sealed alike. Throws when the copy itself cannot be trusted.
 */
export async function makeCopy(job: CopyJob): Promise<CopyEnd> {
  const { id, live, plain, to } = job;
  try {
    if (live !== null) {
      await dropDatabase(plain);
      copyAtOneMoment(live, plain);
    }
    const { facts, rot, counts } = inFile(plain, (sqlite) => {
      const damage = findDamage(sqlite);
      if (damage !== null) throw new Error(`The copy is damaged: ${damage}.`);
      const read = readFacts(sqlite);
      return { facts: read, rot: findFactDamage(sqlite), counts: countRows(sqlite) };
    });
    if (facts?.id !== id) throw new Error('The copy bears no stamp of its chapter.');
    if (rot !== null) {
      const keptAs = `${to}.damaged`;
      await give(job, keptAs);
      return { kind: 'damaged', damage: rot, keptAs };
    }
    const mark = await give(job, to);
    return { kind: 'made', copy: { ...facts, ...mark, counts } };
  } finally {
    await dropDatabase(plain);
  }
}
