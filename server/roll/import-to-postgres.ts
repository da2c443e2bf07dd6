import type { ImportReport } from '#shared/model/roll.ts';
import { inTransaction } from '../store/in-transaction.ts';
import { carryRoll } from '../store/postgres-carry.ts';
import {
  compareRolls,
  dropNext,
  flipRoll,
  makeReady,
  prepareStage,
  rollStands,
} from '../store/postgres-roll.ts';
import { PostgresChapterDb } from '../store/postgres-chapter-db.ts';
import { PostgresServer } from '../store/postgres-server.ts';
import { openScratch } from '../store/roll-scratch.ts';
import { tuneForImport } from '../store/roll-stage.ts';
import type { FlipJob, ImportJob, ImportTarget, Outcome } from './import-messages.ts';
import { type ImportPorts, stageRoll } from './run-import.ts';

/** A stage reads, another writes: more connections would do nothing. */
const CONNECTIONS = 3;

type Target = Extract<ImportTarget, { engine: 'postgres' }>;

/** Opens the chapter anew, for a thread of its own. */
export async function withChapter<T>(
  { url, chapterId, folder }: Target,
  work: (db: PostgresChapterDb) => Promise<T>,
): Promise<T> {
  const server = await PostgresServer.open('import', url, CONNECTIONS);
  try {
    return await work(await PostgresChapterDb.open(chapterId, server, folder));
  } finally {
    await server.close();
  }
}

/**
 * Imports a voter file into a chapter on PostgreSQL. The file is read into a scratch SQLite file that
 * knows the chapter's places and people, so that matching is the same on both engines; what is new is
 * then carried over in small steps beside the roll that stands, where it waits, or takes its place in
 * one transaction, for which nobody waits.
 */
export function importToPostgres(
  target: Target,
  job: ImportJob,
  ports: Omit<ImportPorts, 'inTurn'>,
): Promise<Outcome> {
  return withChapter(target, async (db) => {
    const scratch = await openScratch(db);
    const { sqlite } = scratch;
    try {
      tuneForImport(sqlite);
      const staged = await stageRoll(sqlite, job, {
        ...ports,
        inTurn: (work) => Promise.resolve(inTransaction(sqlite, work)),
      });
      if (staged === null) return 'cancelled';
      ports.onProgress({ step: 'placing', ...staged.far });
      await prepareStage(db);
      const carried = await carryRoll(db, scratch, staged.elections, ports.cancelled);
      const report: ImportReport | null = carried
        ? { ...staged.counts, ...(await compareRolls(db)) }
        : null;
      if (report === null || ports.cancelled()) {
        await dropNext(db);
        return 'cancelled';
      }
      if (!job.atOnce && (await rollStands(db))) {
        await makeReady(db, job.importId, report);
        return 'ready';
      }
      ports.onProgress({ step: 'publishing', ...staged.far });
      await makeReady(db, job.importId, report, { flips: true });
      await flipRoll(db, job.importId, 'apply', null);
      return 'flipped';
    } finally {
      scratch.remove();
    }
  });
}

/** Puts the roll that waits in its place, or the one that was kept back. */
export function flipInPostgres(
  target: Target,
  { importId, flip, by }: Pick<FlipJob, 'importId' | 'flip' | 'by'>,
): Promise<'flipped'> {
  return withChapter(target, async (db) => {
    await flipRoll(db, importId, flip, by);
    return 'flipped' as const;
  });
}
