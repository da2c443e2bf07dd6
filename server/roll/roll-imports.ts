import { setTimeout as sleep } from 'node:timers/promises';
import { makeId, type ImportId } from '#shared/kernel/ids.ts';
import { dayIn } from '#shared/kernel/instant.ts';
import { problem, type Problem } from '#shared/kernel/problem.ts';
import type { RandomBytes } from '#shared/kernel/random.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { RollFlip, RollImport, AppliedMapping } from '#shared/model/roll.ts';
import type { Terms } from '#shared/model/rules.ts';
import { checkMapping } from '#shared/roll/check-mapping.ts';
import { noteRoll } from '../audit/note-import.ts';
import { settleTerms } from '../privacy/settle-terms.ts';
import { askKysely } from '../store/ask-sql.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { askToCancel } from '../store/import-progress.ts';
import { markOptOuts } from '../store/mark-opt-outs.ts';
import {
  addImport,
  beginAgain,
  findImport,
  type OpenImport,
  openImports,
} from '../store/roll-rows.ts';
import { Claims } from './claims.ts';
import { endFlip } from './end-flip.ts';
import { type ImportCost, importCost } from './import-cost.ts';
import type { Outcome, RollJob } from './import-messages.ts';
import { readHeader } from './read-header.ts';
import { resumedJob } from './resume-import.ts';
import { runRollJob, type RunningJob } from './run-roll-job.ts';
import { sayFault } from './say-fault.ts';
import { endAs, takeUp } from './settle-import.ts';
import { shareProgress } from './share-progress.ts';
import { targetOf } from './target-of.ts';
import type { Upload } from './upload.ts';

export interface ImportMeans {
  readonly clock: () => number;
  readonly random: RandomBytes;
  /** Told once for each import that this process ran, however it ended. */
  readonly onCost?: (cost: ImportCost) => void;
}

export interface ImportWish {
  readonly mapping: AppliedMapping;
  readonly startedBy: string;
  /** Voting-activity files that belong to the roll. */
  readonly historyPaths?: readonly string[];
  /** Under which terms the file came; left out or null: nobody has said, which the demo alone may. */
  readonly terms?: Terms | null;
  /** Takes the place of the roll that stands without waiting for somebody's word. */
  readonly apply?: boolean;
  /** Where to write where each record was placed; left out or null: nowhere. */
  readonly placements?: string | null;
  readonly onProgress?: (state: RollImport) => void;
}

/** What was begun, and how it will have ended. */
export interface Begun {
  readonly started: RollImport;
  readonly finished: Promise<RollImport>;
}

interface Running {
  readonly job: RunningJob;
  readonly finished: Promise<RollImport>;
  /** Ends the noting of how far it is. */
  readonly shared: () => Promise<void>;
  now: RollImport;
}

/** Milliseconds: how often another process's import is asked after, and for how long. */
const ASK_EVERY = 250;
const ASK_FOR = 20_000;
/** How often it is tried to settle what another process may have left behind. */
const LOOK_EVERY = 5000;
/** Whoever has the chapter's imports in hand goes on with them. */
const AGAIN = { again: true };
/** A file over which two servers have died is not tried by a third. */
const MOST_ATTEMPTS = 2;

/** The imports that this process runs, one a chapter, each in a worker thread of its own. */
export class RollImports {
  readonly #means: ImportMeans;
  readonly #running = new Map<ChapterDb, Running>();
  readonly #claims = new Claims('importing');
  #closing = false;
  readonly #recovered = new WeakMap<ChapterDb, Promise<void>>();
  /** When another process's import was last taken for one that broke off. */
  readonly #looked = new WeakMap<ChapterDb, number>();

  constructor(means: ImportMeans) {
    this.#means = means;
  }

  /**
   * Starts an import. The first roll of a chapter takes its place when it is read, another one waits
   * beside the roll that stands unless the wish says otherwise. Problems: import-running,
   * import-waiting, roll-columns-missing, those of settleTerms.
   */
  async start(db: ChapterDb, upload: Upload, wish: ImportWish): Promise<Result<Begun>> {
    const settled = await settleTerms(db, wish.terms ?? null, wish.mapping.columns);
    if (!settled.ok) return settled;
    const { terms } = settled.value;
    const columns = [...settled.value.columns];
    const withheld = [
      ...(wish.mapping.withheld ?? []),
      ...wish.mapping.columns.filter((use) => !columns.includes(use)),
    ];
    const mapping: AppliedMapping = { ...wish.mapping, columns, withheld };
    const checked = checkMapping(columns);
    if (!checked.ok) return checked;
    await this.recover(db);
    if (this.#running.has(db) || !(await this.#claims.take(db, AGAIN)))
      return fail(problem('import-running'));
    if ((await openImports(db)).some(({ state }) => state === 'ready')) {
      await this.#claims.release(db);
      return fail(problem('import-waiting'));
    }
    const now = this.#means.clock();
    const importId = makeId<ImportId>(now, this.#means.random);
    // Whatever they are known by now is in the roll that goes.
    await db.write((trx) => markOptOuts(askKysely(trx), now));
    const { fileName, sha256, bytes, path } = upload;
    await addImport(db, {
      id: importId,
      fileName,
      sha256,
      bytes,
      mapping: { ...mapping, header: readHeader(path, mapping) },
      terms,
      startedBy: wish.startedBy,
      startedAt: now,
      atOnce: wish.apply ?? false,
    });
    const chapter = await db.read.selectFrom('chapter').select('time_zone').executeTakeFirst();
    const started: RollImport = {
      id: importId,
      fileName,
      state: 'running',
      step: 'reading',
      rowsRead: 0,
      bytesRead: 0,
      bytes,
      startedAt: now,
      finishedAt: null,
      report: null,
      canUndo: false,
      terms,
      problem: null,
    };
    const job: RollJob = {
      kind: 'import',
      importId,
      target: targetOf(db),
      path,
      mapping,
      historyPaths: wish.historyPaths ?? [],
      today: dayIn(now, chapter?.time_zone ?? 'UTC'),
      atOnce: wish.apply ?? false,
      placements: wish.placements ?? null,
    };
    return ok({ started, finished: this.#run(db, job, started, wish.onProgress) });
  }

  /**
   * Puts the roll that waits in the place of the one that stands, which is kept. Problems: not-found,
   * import-running, roll-not-ready.
   */
  apply(db: ChapterDb, id: string, by: string | null): Promise<Result<Begun>> {
    return this.#flip(db, id, 'apply', by);
  }

  /**
   * Brings the roll back that was kept when this import's was applied, exactly; that one waits again.
   * Problems: not-found, import-running, roll-no-old.
   */
  undo(db: ChapterDb, id: string, by: string | null): Promise<Result<Begun>> {
    return this.#flip(db, id, 'undo', by);
  }

  async #flip(
    db: ChapterDb,
    id: string,
    flip: RollFlip,
    by: string | null,
  ): Promise<Result<Begun>> {
    await this.recover(db);
    if (this.#running.has(db) || !(await this.#claims.take(db, AGAIN)))
      return fail(problem('import-running'));
    const found = await findImport(db, id);
    const may = flip === 'apply' ? found?.state === 'ready' : found?.canUndo;
    if (found === null || may !== true) {
      await this.#claims.release(db);
      if (found === null) return fail(problem('not-found'));
      return fail(problem(flip === 'apply' ? 'roll-not-ready' : 'roll-no-old'));
    }
    // Whatever they are known by now is in the roll that goes.
    await db.write((trx) => markOptOuts(askKysely(trx), this.#means.clock()));
    const step = flip === 'apply' ? 'publishing' : 'undoing';
    const started: RollImport = { ...found, state: 'running', step, canUndo: false };
    const job: RollJob = { kind: 'flip', importId: found.id, target: targetOf(db), flip, by };
    return ok({ started, finished: this.#run(db, job, started) });
  }

  /** How an import stands; null when there is none of this id. */
  async find(db: ChapterDb, id: string): Promise<RollImport | null> {
    await this.recover(db);
    const running = this.#running.get(db)?.now;
    if (running?.id === id) return running;
    const found = await findImport(db, id);
    if (found?.state !== 'running' || !this.#mayLook(db)) return found;
    // Another process runs it, or did until it died.
    this.#recovered.delete(db);
    await this.recover(db);
    return findImport(db, id);
  }

  /** The import that runs now, for the list. */
  current(db: ChapterDb): RollImport | null {
    return this.#running.get(db)?.now ?? null;
  }

  /**
   * Asks an import to stop and waits until it has; one that is over stays as it is. One that another
   * process runs hears of it within a second, and is waited for a while. A roll that waits is thrown
   * away.
   */
  async cancel(db: ChapterDb, id: string): Promise<RollImport | null> {
    const running = this.#running.get(db);
    if (running?.now.id === id) {
      running.job.cancel();
      return running.finished;
    }
    let found = await this.find(db, id);
    if (found?.state === 'ready') return this.#discard(db, found.id);
    if (found?.state !== 'running' || !(await askToCancel(db, found.id))) return this.find(db, id);
    const until = performance.now() + ASK_FOR;
    while (found?.state === 'running' && performance.now() < until && !this.#closing) {
      await sleep(ASK_EVERY);
      found = await this.find(db, id);
    }
    return found;
  }

  async #discard(db: ChapterDb, id: ImportId): Promise<RollImport | null> {
    if (await this.#claims.take(db, AGAIN)) {
      await endAs(db, id, 'cancelled', this.#means.clock());
      await this.#claims.release(db);
    }
    return findImport(db, id);
  }

  /** The import that waits to be applied; null when none does. */
  async waiting(db: ChapterDb): Promise<RollImport | null> {
    await this.recover(db);
    const one = (await openImports(db)).find(({ state }) => state === 'ready');
    return one === undefined ? null : findImport(db, one.id);
  }

  /** The import whose roll stands and can give its place back; null when none can. */
  async undoable(db: ChapterDb): Promise<RollImport | null> {
    await this.recover(db);
    for (const { id } of await openImports(db)) {
      const found = await findImport(db, id);
      if (found?.canUndo === true) return found;
    }
    return null;
  }

  /** Stops every worker; what they leave is taken up by the next to open the chapter. */
  async close(): Promise<void> {
    this.#closing = true;
    const running = [...this.#running.values()];
    for (const { job } of running) await job.terminate();
    await Promise.allSettled(running.map(({ finished }) => finished));
  }

  /**
   * What a server left open when it stopped: a roll whose flip had begun is brought to its end; an
   * import whose file is still here begins once more, and another one has failed and left everything
   * as before. Done once for a chapter.
   */
  recover(db: ChapterDb): Promise<void> {
    const known = this.#recovered.get(db);
    if (known !== undefined) return known;
    const recovering = this.#recover(db);
    this.#recovered.set(db, recovering);
    return recovering;
  }

  #mayLook(db: ChapterDb): boolean {
    const [now, last] = [performance.now(), this.#looked.get(db) ?? -LOOK_EVERY];
    if (now - last < LOOK_EVERY || this.#claims.has(db)) return false;
    this.#looked.set(db, now);
    return true;
  }

  async #recover(db: ChapterDb): Promise<void> {
    const left = await openImports(db);
    if (left.length === 0) return;
    if (!(await this.#claims.take(db, AGAIN))) {
      // Another process is at it. Should it die, somebody looks again.
      this.#recovered.delete(db);
      return;
    }
    let resumed = false;
    for (const one of await openImports(db)) {
      if (one.state === 'running' && one.flip === null) resumed = await this.#resume(db, one);
      else await takeUp(db, one, this.#means.clock());
    }
    if (!resumed) await this.#claims.release(db);
  }

  /** Begins an import once more when its file is here; says whether it is under way. */
  async #resume(db: ChapterDb, { id, attempts }: OpenImport): Promise<boolean> {
    const now = this.#means.clock();
    const resumed = attempts < MOST_ATTEMPTS ? await resumedJob(db, id, now) : null;
    const found = await findImport(db, id);
    if (resumed === null || found === null) {
      await endAs(db, id, problem('import-interrupted'), this.#means.clock());
      return false;
    }
    await beginAgain(db, id);
    const started: RollImport = { ...found, step: 'reading', rowsRead: 0, bytesRead: 0 };
    const job: RollJob = { ...resumed.job, target: targetOf(db) };
    void this.#run(db, job, started).then(resumed.over, (error: unknown) => {
      sayFault('The import’s end was not noted', error);
    });
    return true;
  }

  #run(
    db: ChapterDb,
    job: RollJob,
    started: RollImport,
    onProgress?: (state: RollImport) => void,
  ): Promise<RollImport> {
    const running = runRollJob(db, job, (progress) => this.#note(db, progress, onProgress));
    const began = performance.now();
    const finished = running.outcome
      .then((found) => this.#finish(db, job, found))
      .then((ended) => {
        const measured = { took: performance.now() - began, longestTurn: running.longestTurn() };
        if (job.kind === 'import') this.#means.onCost?.(importCost(ended, measured));
        return ended;
      });
    const shared = shareProgress(
      db,
      () => this.#running.get(db)?.now ?? started,
      () => running.cancel(),
    );
    this.#running.set(db, { job: running, finished, shared, now: started });
    return finished;
  }

  #note(
    db: ChapterDb,
    progress: Partial<RollImport>,
    onProgress: ((state: RollImport) => void) | undefined,
  ): void {
    const running = this.#running.get(db);
    if (running === undefined) return;
    running.now = { ...running.now, ...progress };
    onProgress?.(running.now);
  }

  async #finish(
    db: ChapterDb,
    { importId: id, kind }: RollJob,
    found: Problem | Outcome | null,
  ): Promise<RollImport> {
    try {
      await this.#running.get(db)?.shared();
      const [left] = (await openImports(db)).filter((one) => one.id === id);
      if (found === 'flipped') await endFlip(db, id, this.#means.clock());
      else if (found === 'ready') await this.#noteReady(db, id);
      else if (left !== undefined && left.flip !== null)
        await takeUp(db, left, this.#means.clock());
      else if (found === 'cancelled') {
        await endAs(db, id, 'cancelled', this.#means.clock());
      } else if (kind === 'import' && !(this.#closing && found === null)) {
        const said = found ?? problem('import-failed');
        await endAs(db, id, said, this.#means.clock());
      }
      await this.#claims.release(db);
    } finally {
      this.#running.delete(db);
      if (this.#closing) this.#recovered.delete(db);
    }
    const ended = await findImport(db, id);
    if (ended === null) throw new Error('The import has no row.');
    return ended;
  }

  async #noteReady(db: ChapterDb, id: ImportId): Promise<void> {
    await db.write((trx) => noteRoll(trx, id, null, this.#means.clock()));
  }
}
