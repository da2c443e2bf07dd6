import { problem, ProblemError } from '#shared/kernel/problem.ts';
import type { ImportReport } from '#shared/model/roll.ts';
import {
  addUniverseRows,
  checkpoint,
  carryOutMoves,
  commitLazily,
  compareRolls,
  finishRoll,
  flipRoll,
  leftovers,
  prepareStage,
  prepareUniverseRows,
  RollStage,
  shrink,
  tuneForImport,
} from '../store/roll-stage.ts';
import type { Sqlite } from '../store/sqlite.ts';
import type { ImportJob, ImportProgress } from './import-messages.ts';
import { openPlace } from './open-place.ts';
import { readHistory } from './read-history.ts';
import { RollStager } from './stage-roll.ts';

/** Rows of a step of clearing or publishing. */
const STEP = 2000;
/** Rows that are read before they are written, in several short turns. */
const BATCH = 10_000;
/** Milliseconds after which the others have theirs. */
const TURN = 40;

export interface ImportPorts {
  /** Runs one write transaction when it is this import's turn among the chapter's writers. */
  readonly inTurn: <T>(work: () => T) => Promise<T>;
  readonly onProgress: (progress: ImportProgress) => void;
  readonly cancelled: () => boolean;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** Runs writes for as long as a turn may take; says true when none is left. */
function runSome(writes: Iterator<() => void>): boolean {
  const began = performance.now();
  do {
    const { done, value: write } = writes.next();
    if (done === true) return true;
    write();
  } while (performance.now() - began < TURN);
  return false;
}

/** Empties and drops the tables that an import leaves behind, a little at a time. */
export async function clearLeftovers(sqlite: Sqlite, inTurn: ImportPorts['inTurn']): Promise<void> {
  for (const table of leftovers(sqlite)) {
    while (!(await inTurn(() => shrink(sqlite, table, 2 * STEP))));
  }
}

/** What follows the flip; done again after a crash, it ends the same. */
export async function settleRoll(
  sqlite: Sqlite,
  importId: ImportJob['importId'],
  { inTurn, clock }: Pick<ImportPorts, 'inTurn' | 'clock'>,
): Promise<void> {
  while (!(await inTurn(() => carryOutMoves(sqlite, STEP))));
  await clearLeftovers(sqlite, inTurn);
  await inTurn(() => prepareUniverseRows(sqlite));
  let after: number | null = 0;
  while (after !== null) {
    const from: number = after;
    after = await inTurn(() => addUniverseRows(sqlite, from, STEP));
  }
  await inTurn(() => finishRoll(sqlite, importId, clock()));
  await clearLeftovers(sqlite, inTurn);
}

/**
 * Imports a voter file: people, doors and buildings are added as they are met; the roll itself is
 * written beside the one that stands and takes its place at once, by name, when the whole file has
 * been read. Before that moment a crash or a cancel leaves the old roll. Null when cancelled; a file
 * without a single person is thrown out as roll-no-people, lest it empty the roll.
 */
export async function runImport(
  sqlite: Sqlite,
  job: ImportJob,
  ports: ImportPorts,
): Promise<ImportReport | null> {
  const { inTurn, onProgress, cancelled } = ports;
  tuneForImport(sqlite);
  const commitDurably = commitLazily(sqlite);
  const staged = await stageRoll(sqlite, job, ports);
  if (staged === null) return null;
  const { far } = staged;
  const report: ImportReport = { ...staged.counts, ...compareRolls(sqlite) };
  if (cancelled()) {
    await clearLeftovers(sqlite, inTurn);
    return null;
  }
  onProgress({ step: 'publishing', ...far });
  commitDurably();
  await inTurn(() => flipRoll(sqlite, job.importId, staged.elections, JSON.stringify(report)));
  await settleRoll(sqlite, job.importId, ports);
  checkpoint(sqlite);
  return report;
}

export interface StagedRoll {
  readonly counts: ReturnType<RollStager['counts']>;
  readonly elections: ReturnType<RollStager['elections']>;
  /** How far the file has been read: to its end. */
  readonly far: { readonly rowsRead: number; readonly bytesRead: number };
}

/** Reads the whole file into the tables of the next roll. Null when cancelled. */
export async function stageRoll(
  sqlite: Sqlite,
  job: Pick<ImportJob, 'importId' | 'path' | 'mapping' | 'historyPaths' | 'today'>,
  { inTurn, onProgress, cancelled, clock }: ImportPorts,
): Promise<StagedRoll | null> {
  onProgress({ step: 'reading', rowsRead: 0, bytesRead: 0 });
  await clearLeftovers(sqlite, inTurn);
  await inTurn(() => {
    sqlite.exec('delete from roll_moves');
    prepareStage(sqlite);
  });
  const stage = new RollStage(sqlite, job.importId, clock());
  const stager = new RollStager(job, openPlace(sqlite), readHistory(job.historyPaths), sqlite);
  let far = { rowsRead: 0, bytesRead: 0 };
  for (const { people, faults, rows, bytesRead } of stager.batches(BATCH)) {
    if (cancelled()) {
      await clearLeftovers(sqlite, inTurn);
      return null;
    }
    const writes = stage.writes(people, faults);
    // A log that grows long would be put away by the next of the others, who would wait for it.
    for (let over = false; !over; checkpoint(sqlite)) over = await inTurn(() => runSome(writes));
    far = { rowsRead: rows, bytesRead };
    onProgress({ step: 'reading', ...far });
  }
  if (far.rowsRead > 0 && stager.counts().people === 0) {
    await clearLeftovers(sqlite, inTurn);
    throw new ProblemError(problem('roll-no-people', { rows: far.rowsRead }));
  }
  onProgress({ step: 'placing', ...far });
  return { counts: stager.counts(), elections: stager.elections(), far };
}
