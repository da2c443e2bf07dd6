import type { ImportReport } from '#shared/model/roll.ts';
import {
  addUniverseRows,
  carryOutMoves,
  compareRolls,
  finishRoll,
  flipRoll,
  leftovers,
  prepareStage,
  prepareUniverseRows,
  RollStage,
  shrink,
} from '../store/roll-stage.ts';
import type { Sqlite } from '../store/sqlite.ts';
import type { ImportJob, ImportProgress } from './import-messages.ts';
import { openPlace } from './open-place.ts';
import { readHistory } from './read-history.ts';
import { RollStager } from './stage-roll.ts';

/** Rows of one write transaction: 1,000 take about 20 ms, and nobody waits longer. */
const BATCH = 1000;

export interface ImportPorts {
  /** Runs one write transaction when it is this import's turn among the chapter's writers. */
  readonly inTurn: <T>(work: () => T) => Promise<T>;
  readonly onProgress: (progress: ImportProgress) => void;
  readonly cancelled: () => boolean;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** Empties and drops the tables that an import leaves behind, a little at a time. */
export async function clearLeftovers(sqlite: Sqlite, inTurn: ImportPorts['inTurn']): Promise<void> {
  for (const table of leftovers(sqlite)) {
    while (!(await inTurn(() => shrink(sqlite, table, 5 * BATCH))));
  }
}

/** What follows the flip; done again after a crash, it ends the same. */
export async function settleRoll(
  sqlite: Sqlite,
  importId: ImportJob['importId'],
  { inTurn, clock }: Pick<ImportPorts, 'inTurn' | 'clock'>,
): Promise<void> {
  while (!(await inTurn(() => carryOutMoves(sqlite, 2 * BATCH))));
  await clearLeftovers(sqlite, inTurn);
  await inTurn(() => prepareUniverseRows(sqlite));
  let after: number | null = 0;
  while (after !== null) {
    const from: number = after;
    after = await inTurn(() => addUniverseRows(sqlite, from, BATCH));
  }
  await inTurn(() => finishRoll(sqlite, importId, clock()));
  await clearLeftovers(sqlite, inTurn);
}

/**
 * Imports a voter file: people, doors and buildings are added as they are met; the roll itself is
 * written beside the one that stands and takes its place at once, by name, when the whole file has
 * been read. Before that moment a crash or a cancel leaves the old roll. Null when cancelled.
 */
export async function runImport(
  sqlite: Sqlite,
  job: ImportJob,
  ports: ImportPorts,
): Promise<ImportReport | null> {
  const { inTurn, onProgress, cancelled } = ports;
  onProgress({ step: 'reading', rowsRead: 0, bytesRead: 0 });
  await clearLeftovers(sqlite, inTurn);
  await inTurn(() => {
    sqlite.exec('delete from roll_moves');
    prepareStage(sqlite);
  });
  const stage = new RollStage(sqlite, job.importId);
  const stager = new RollStager(job, openPlace(sqlite), readHistory(job.historyPaths), sqlite);
  let far = { rowsRead: 0, bytesRead: 0 };
  for (const { people, faults, rows, bytesRead } of stager.batches(BATCH)) {
    if (cancelled()) {
      await clearLeftovers(sqlite, inTurn);
      return null;
    }
    if (people.length + faults.length > 0) await inTurn(() => stage.write(people, faults));
    far = { rowsRead: rows, bytesRead };
    onProgress({ step: 'reading', ...far });
  }
  onProgress({ step: 'placing', ...far });
  const report: ImportReport = { ...stager.counts(), ...compareRolls(sqlite) };
  if (cancelled()) {
    await clearLeftovers(sqlite, inTurn);
    return null;
  }
  onProgress({ step: 'publishing', ...far });
  await inTurn(() => flipRoll(sqlite, job.importId, stager.elections(), JSON.stringify(report)));
  await settleRoll(sqlite, job.importId, ports);
  return report;
}
