import type { ImportReport } from '#shared/model/roll.ts';
import { inTransaction } from '../store/in-transaction.ts';
import {
  carryRoll,
  compareRolls,
  dropStage,
  flipRoll,
  prepareStage,
} from '../store/postgres-roll.ts';
import { PostgresChapterDb } from '../store/postgres-chapter-db.ts';
import { PostgresServer } from '../store/postgres-server.ts';
import { openScratch } from '../store/roll-scratch.ts';
import { tuneForImport } from '../store/roll-stage.ts';
import type { ImportJob, ImportTarget } from './import-messages.ts';
import { type ImportPorts, stageRoll } from './run-import.ts';

/** A stage reads, another writes: more connections would do nothing. */
const CONNECTIONS = 3;

/**
 * Imports a voter file into a chapter on PostgreSQL. The file is read into a scratch SQLite file that
 * knows the chapter's places and people, so that matching is the same on both engines; what is new is
 * then carried over in small steps beside the roll that stands, and takes its place in one
 * transaction, for which nobody waits. Null when cancelled.
 */
export async function importToPostgres(
  target: Extract<ImportTarget, { engine: 'postgres' }>,
  job: ImportJob,
  ports: Omit<ImportPorts, 'inTurn'>,
): Promise<ImportReport | null> {
  const { url, chapterId, folder } = target;
  const server = await PostgresServer.open('import', url, CONNECTIONS);
  try {
    const db = await PostgresChapterDb.open(chapterId, server, folder);
    const scratch = await openScratch(db);
    const { sqlite } = scratch;
    try {
      tuneForImport(sqlite);
      const staged = await stageRoll(sqlite, job, {
        ...ports,
        inTurn: (work) => Promise.resolve(inTransaction(sqlite, work)),
      });
      if (staged === null) return null;
      ports.onProgress({ step: 'placing', ...staged.far });
      await prepareStage(db);
      const carried = await carryRoll(db, scratch, ports.cancelled);
      const report = carried ? { ...staged.counts, ...(await compareRolls(db)) } : null;
      if (report === null || ports.cancelled()) {
        await dropStage(db);
        return null;
      }
      ports.onProgress({ step: 'publishing', ...staged.far });
      await flipRoll(db, job.importId, staged.elections, report, ports.clock());
      await dropStage(db);
      return report;
    } finally {
      scratch.remove();
    }
  } finally {
    await server.close();
  }
}
