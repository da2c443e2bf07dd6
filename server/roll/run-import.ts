import { problem, ProblemError } from '#shared/kernel/problem.ts';
import type { ImportReport } from '#shared/model/roll.ts';
import { compareRolls } from '../store/compare-rolls.ts';
import { beginFlip } from '../store/roll-flip.ts';
import {
  dropNext,
  dropOld,
  leftovers,
  prepareStage,
  publishChanges,
  shrink,
} from '../store/roll-sides.ts';
import {
  checkpoint,
  commitLazily,
  RollStage,
  stageElections,
  tuneForImport,
} from '../store/roll-stage.ts';
import { sweepStage } from '../store/roll-sweep.ts';
import type { Sqlite } from '../store/sqlite.ts';
import { StagedPlaces } from '../store/staged-places.ts';
import type { ImportJob, ImportProgress } from './import-messages.ts';
import { openPlace } from './open-place.ts';
import { readHistory } from './read-history.ts';
import { settleFlip } from './settle-flip.ts';
import { RollStager } from './stage-roll.ts';

/** Rows of a step of clearing. */
const STEP = 4000;
/**
 * Rows that are read before they are written, in several short turns. Each batch touches most pages of
 * the indexes whose keys are digests: batches half as large cost a third more work, larger ones memory.
 */
const BATCH = 20_000;
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

/** How an import ended that came through: its roll stands, or waits beside the one that stands. */
export interface Imported {
  readonly kind: 'flipped' | 'ready';
  readonly report: ImportReport;
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

/** Empties and drops the tables that rolls leave behind, a little at a time. */
export async function clearLeftovers(sqlite: Sqlite, inTurn: ImportPorts['inTurn']): Promise<void> {
  for (const table of leftovers(sqlite)) {
    while (!(await inTurn(() => shrink(sqlite, table, STEP))));
  }
}

/** Takes a roll away that was being written or waits, with all that came with it alone. */
export async function discardStage(sqlite: Sqlite, inTurn: ImportPorts['inTurn']): Promise<void> {
  await inTurn(() => dropNext(sqlite));
  await clearLeftovers(sqlite, inTurn);
  await sweepStage(sqlite, inTurn);
}

/**
 * Imports a voter file: people, doors and buildings are added as they are met; the roll itself is
 * written beside the one that stands and compared with it. Where none stands yet, or when the job
 * says so, it takes its place at once, by name; otherwise it waits there. Before that moment a crash
 * or a cancel leaves the old roll. Null when cancelled; a file without a single person is thrown out
 * as roll-no-people, lest it empty the roll.
 */
export async function runImport(
  sqlite: Sqlite,
  job: ImportJob,
  ports: ImportPorts,
): Promise<Imported | null> {
  const { inTurn, onProgress, cancelled } = ports;
  tuneForImport(sqlite);
  const commitDurably = commitLazily(sqlite);
  const staged = await stageRoll(sqlite, job, ports);
  if (staged === null) return null;
  const { far } = staged;
  const stood = sqlite.prepare('select 1 from voters limit 1').get() !== undefined;
  const changes = await compareRolls(sqlite, inTurn, cancelled);
  if (changes === null || cancelled()) {
    await discardStage(sqlite, inTurn);
    return null;
  }
  const report: ImportReport = { ...staged.counts, ...changes };
  commitDurably();
  const waits = stood && !job.atOnce;
  if (!waits) onProgress({ step: 'publishing', ...far });
  await inTurn(() => {
    // Of the three only two are ever kept.
    dropOld(sqlite);
    publishChanges(sqlite);
    stageElections(sqlite, staged.elections);
    sqlite
      .prepare('update imports set keeps_old = 0, report = iif(id = ?1, ?2, report)')
      .run(job.importId, JSON.stringify(report));
    if (waits) {
      sqlite.prepare(`update imports set state = 'ready' where id = ?`).run(job.importId);
    } else beginFlip(sqlite, job.importId, 'apply', null);
  });
  if (waits) await clearLeftovers(sqlite, inTurn);
  else await settleFlip(sqlite, 'apply', ports);
  checkpoint(sqlite);
  return { kind: waits ? 'ready' : 'flipped', report };
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
  job: Pick<ImportJob, 'importId' | 'path' | 'mapping' | 'historyPaths' | 'today' | 'placements'>,
  { inTurn, onProgress, cancelled, clock }: ImportPorts,
): Promise<StagedRoll | null> {
  onProgress({ step: 'reading', rowsRead: 0, bytesRead: 0 });
  await discardStage(sqlite, inTurn);
  await inTurn(() => prepareStage(sqlite));
  const places = new StagedPlaces(sqlite);
  const stage = new RollStage(sqlite, job.importId, clock(), places);
  const history = readHistory(job.historyPaths);
  const stager = new RollStager(job, openPlace(sqlite), history, places, sqlite);
  let far = { rowsRead: 0, bytesRead: 0 };
  for (const { rows, bytesRead, ...staged } of stager.batches(BATCH)) {
    if (cancelled()) {
      await discardStage(sqlite, inTurn);
      return null;
    }
    const writes = stage.writes(staged, stager.ways);
    // A log that grows long would be put away by the next of the others, who would wait for it.
    for (let over = false; !over; checkpoint(sqlite)) over = await inTurn(() => runSome(writes));
    far = { rowsRead: rows, bytesRead };
    onProgress({ step: 'reading', ...far });
  }
  if (far.rowsRead > 0 && stager.counts().people === 0) {
    await discardStage(sqlite, inTurn);
    throw new ProblemError(problem('roll-no-people', { rows: far.rowsRead }));
  }
  onProgress({ step: 'placing', ...far });
  return { counts: stager.counts(), elections: stager.elections(), far };
}
