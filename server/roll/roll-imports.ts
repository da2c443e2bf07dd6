import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { type ResourceLimits, Worker } from 'node:worker_threads';
import { makeId, type ImportId } from '#shared/kernel/ids.ts';
import { dayIn } from '#shared/kernel/instant.ts';
import { problem, type Problem } from '#shared/kernel/problem.ts';
import type { RandomBytes } from '#shared/kernel/random.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { RollImport, RollMapping } from '#shared/model/roll.ts';
import type { Terms } from '#shared/model/rules.ts';
import { checkMapping } from '#shared/roll/check-mapping.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { askKysely } from '../store/ask-sql.ts';
import { markOptOuts } from '../store/mark-opt-outs.ts';
import { dropStage } from '../store/postgres-roll.ts';
import type { SqliteChapterDb } from '../store/sqlite-chapter-db.ts';
import type { Sqlite } from '../store/sqlite.ts';
import { askToCancel } from '../store/import-progress.ts';
import { addImport, endImport, findImport, runningImports } from '../store/roll-rows.ts';
import { inTransaction } from '../store/in-transaction.ts';
import type { FromWorker, ImportJob, ImportTarget, ToWorker } from './import-messages.ts';
import { isBlankRow, readRows } from './read-rows.ts';
import { settleTerms } from '../privacy/settle-terms.ts';
import { suppressLate } from '../privacy/suppress-late.ts';
import { sayFault } from './say-fault.ts';
import { shareProgress } from './share-progress.ts';
import { clearLeftovers, settleRoll } from './run-import.ts';
import { noteImport } from '../audit/note-import.ts';
import type { Upload } from './upload.ts';

export interface ImportMeans {
  readonly clock: () => number;
  readonly random: RandomBytes;
}

export interface ImportWish {
  readonly mapping: RollMapping;
  readonly startedBy: string;
  /** Voting-activity files that belong to the roll. */
  readonly historyPaths?: readonly string[];
  /** Under which terms the file came; left out or null: nobody has said, which the demo alone may. */
  readonly terms?: Terms | null;
  readonly onProgress?: (state: RollImport) => void;
}

interface Running {
  readonly worker: Worker;
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

/**
 * Rows die young: a larger nursery spares half of the work of clearing up. The heap may take several
 * times what a roll can need; without a limit the engine lets three times as much lie around.
 */
function limitsFor({ path, target }: ImportJob): ResourceLimits {
  const megabytes = (name: string): number => Math.ceil(statSync(name).size / 2 ** 20);
  const file = megabytes(path);
  // A chapter elsewhere cannot be weighed; its people came out of files as large as this one.
  const db = target.engine === 'sqlite' ? megabytes(target.path) : 10 * file;
  return {
    maxYoungGenerationSizeMb: 64,
    maxOldGenerationSizeMb: 256 + 5 * file + db,
  };
}

/** The worker's file: beside the bundle, or the source itself in tests and development. */
function startWorker(job: ImportJob): Worker {
  const resourceLimits = limitsFor(job);
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL('./import-worker.js', bundleRoot()), {
      workerData: job,
      resourceLimits,
    });
  }
  const tsx = createRequire(import.meta.url)
    .resolve('tsx/esm/api')
    .replace(/\.cjs$/, '.mjs');
  const source = new URL('./import-worker.ts', import.meta.url);
  const start = `import(${JSON.stringify(pathToFileURL(tsx))}).then(({ register }) => {
    register();
    return import(${JSON.stringify(source)});
  })`;
  return new Worker(start, { eval: true, workerData: job, resourceLimits });
}

/** Shared pieces of the bundle lie in a folder of their own, entries above it. */
function bundleRoot(): URL {
  return import.meta.url.includes('/chunks/')
    ? new URL('../', import.meta.url)
    : new URL(import.meta.url);
}

/** The file's header, kept for the lists of what found no place. */
function firstRow(path: string, mapping: RollMapping): readonly string[] {
  for (const { rows } of readRows(path, mapping)) {
    const header = rows.find((cells) => !isBlankRow(cells));
    if (header !== undefined) return header.map((name) => name.trim());
  }
  return [];
}

/** The imports that this process runs, one a chapter, each in a worker thread of its own. */
export class RollImports {
  readonly #means: ImportMeans;
  readonly #running = new Map<ChapterDb, Running>();
  readonly #claims = new Map<ChapterDb, () => Promise<void>>();
  #closing = false;
  readonly #recovered = new WeakMap<ChapterDb, Promise<void>>();
  /** When another process's import was last taken for one that broke off. */
  readonly #looked = new WeakMap<ChapterDb, number>();

  constructor(means: ImportMeans) {
    this.#means = means;
  }

  /**
   * Starts an import; `finished` gives how it ended. Problems: import-running, roll-columns-missing, those of settleTerms.
   */
  async start(
    db: ChapterDb,
    upload: Upload,
    wish: ImportWish,
  ): Promise<Result<{ started: RollImport; finished: Promise<RollImport> }>> {
    const settled = await settleTerms(db, wish.terms ?? null, wish.mapping.columns);
    if (!settled.ok) return settled;
    const { terms } = settled.value;
    const columns = [...settled.value.columns];
    const mapping: RollMapping = { ...wish.mapping, columns };
    const checked = checkMapping(columns);
    if (!checked.ok) return checked;
    await this.recover(db);
    if (this.#running.has(db) || !(await this.#lock(db))) return fail(problem('import-running'));
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
      mapping: { ...mapping, header: firstRow(path, mapping) },
      terms,
      startedBy: wish.startedBy,
      startedAt: now,
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
      terms,
      problem: null,
    };
    const job: ImportJob = {
      importId,
      target: targetOf(db),
      path,
      mapping,
      historyPaths: wish.historyPaths ?? [],
      today: dayIn(now, chapter?.time_zone ?? 'UTC'),
    };
    return ok({ started, finished: this.#run(db, job, started, wish) });
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
   * process runs hears of it within a second, and is waited for a while.
   */
  async cancel(db: ChapterDb, id: string): Promise<RollImport | null> {
    const running = this.#running.get(db);
    if (running?.now.id === id) {
      running.worker.postMessage({ kind: 'cancel' } satisfies ToWorker);
      return running.finished;
    }
    let found = await this.find(db, id);
    if (found?.state !== 'running' || !(await askToCancel(db, found.id))) return this.find(db, id);
    const until = performance.now() + ASK_FOR;
    while (found?.state === 'running' && performance.now() < until && !this.#closing) {
      await sleep(ASK_EVERY);
      found = await this.find(db, id);
    }
    return found;
  }

  /** Stops every worker; their imports count as interrupted and leave everything as before. */
  async close(): Promise<void> {
    this.#closing = true;
    const running = [...this.#running.values()];
    for (const { worker } of running) await worker.terminate();
    await Promise.allSettled(running.map(({ finished }) => finished));
  }

  /**
   * Imports that ran when the server stopped: one whose roll stands already is brought to its end,
   * the others failed and left everything as before. Done once for a chapter.
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
    const left = await runningImports(db);
    if (left.length === 0) return;
    if (!(await this.#lock(db))) {
      // Another process is at it. Should it die, somebody looks again.
      this.#recovered.delete(db);
      return;
    }
    for (const { id, report } of left) {
      if (report !== null) {
        await this.#settle(db, id);
        await noteImport(db, id, this.#means.clock());
      } else await this.#end(db, id, { state: 'failed', problem: problem('import-interrupted') });
    }
    await this.#unlock(db);
  }

  #run(db: ChapterDb, job: ImportJob, started: RollImport, wish: ImportWish): Promise<RollImport> {
    const worker = startWorker(job);
    const outcome = new Promise<Problem | 'done' | 'cancelled'>((resolve) => {
      let turnOver = (): void => {};
      let gone = false;
      let found: Problem | 'done' | 'cancelled' | null = null;
      worker.on('message', (message: FromWorker) => {
        if (message.kind === 'turn') {
          // Holding the writer's connection while the worker writes keeps the order of the queue:
          // a phone's push waits for one batch and never fights for the file's lock.
          void inSqlite(db).exclusive(
            () =>
              new Promise<void>((over) => {
                // A worker that died in the queue must not hold up everybody behind it.
                if (gone) return over();
                turnOver = over;
                worker.postMessage({ kind: 'go' } satisfies ToWorker);
              }),
          );
        } else if (message.kind === 'turn-over') turnOver();
        else if (message.kind === 'progress') this.#note(db, message.progress, wish);
        else if (message.kind === 'failed') found = message.problem;
        else found = message.kind;
      });
      worker.on('error', (error) => sayFault('The import’s worker died', error));
      worker.on('exit', () => {
        gone = true;
        turnOver();
        resolve(found ?? problem(this.#closing ? 'import-interrupted' : 'import-failed'));
      });
    });
    const finished = outcome.then((found) => this.#finish(db, job.importId, found));
    const shared = shareProgress(
      db,
      () => this.#running.get(db)?.now ?? started,
      () => worker.postMessage({ kind: 'cancel' } satisfies ToWorker),
    );
    this.#running.set(db, { worker, finished, shared, now: started });
    return finished;
  }

  #note(db: ChapterDb, progress: Partial<RollImport>, wish: ImportWish): void {
    const running = this.#running.get(db);
    if (running === undefined) return;
    running.now = { ...running.now, ...progress };
    wish.onProgress?.(running.now);
  }

  async #finish(
    db: ChapterDb,
    id: ImportId,
    found: Problem | 'done' | 'cancelled',
  ): Promise<RollImport> {
    try {
      await this.#running.get(db)?.shared();
      if (found === 'cancelled') await this.#end(db, id, { state: 'cancelled', problem: null });
      else if (found !== 'done') {
        const [left] = await runningImports(db);
        if (left !== undefined && left.report !== null) await this.#settle(db, id);
        else await this.#end(db, id, { state: 'failed', problem: found });
      } else await suppressLate(db, id);
      await this.#unlock(db);
    } finally {
      this.#running.delete(db);
    }
    await noteImport(db, id, this.#means.clock());
    const ended = await findImport(db, id);
    if (ended === null) throw new Error('The import has no row.');
    return ended;
  }

  /** Only on SQLite does a roll stand before the import is done. */
  async #settle(handle: ChapterDb, id: ImportId): Promise<void> {
    const db = inSqlite(handle);
    await settleRoll(await writerOf(db), id, {
      inTurn: (work) => db.exclusive((sqlite) => inTransaction(sqlite, work)),
      clock: this.#means.clock,
    });
    await suppressLate(db, id);
  }

  async #end(
    db: ChapterDb,
    id: ImportId,
    how: { state: 'failed' | 'cancelled'; problem: Problem | null },
  ): Promise<void> {
    await endImport(db, id, how, this.#means.clock());
    if (db.engine === 'postgres') return dropStage(db);
    await clearLeftovers(await writerOf(db), (work) =>
      db.exclusive((sqlite) => inTransaction(sqlite, work)),
    );
  }

  /** One process at a time imports into a chapter: the command line may do so beside a server. */
  async #lock(db: ChapterDb): Promise<boolean> {
    if (this.#claims.has(db)) return true;
    const claim = await db.claim('importing');
    if (claim !== null) this.#claims.set(db, claim);
    return claim !== null;
  }

  async #unlock(db: ChapterDb): Promise<void> {
    const release = this.#claims.get(db);
    this.#claims.delete(db);
    await release?.();
  }
}

function inSqlite(db: ChapterDb): SqliteChapterDb {
  if (db.engine === 'sqlite') return db;
  throw new Error('The chapter is not in a file.');
}

/** The writer's connection, for work that is done in turns only. */
function writerOf(db: SqliteChapterDb): Promise<Sqlite> {
  return db.exclusive((sqlite) => sqlite);
}

function targetOf(db: ChapterDb): ImportTarget {
  if (db.engine === 'sqlite') return { engine: 'sqlite', path: db.path };
  const { id, server, folder } = db;
  return { engine: 'postgres', url: server.url, chapterId: id, folder };
}
