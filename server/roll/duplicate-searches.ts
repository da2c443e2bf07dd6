import { type MemberId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { DuplicateSearch } from '#shared/model/duplicates.ts';
import { startThread } from '../start-thread.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import {
  beginSearch,
  endSearch,
  noteSearch,
  readSearch,
  type SearchEnd,
} from '../store/duplicate-rows.ts';
import type { FromSearch, SearchJob } from './duplicate-messages.ts';
import { targetOf } from './target-of.ts';
import { sayFault } from './say-fault.ts';
import type { SearchProgress, SearchResult } from './search-duplicates.ts';

interface Running {
  readonly cancel: () => void;
  readonly finished: Promise<void>;
}

/** Milliseconds: as often a search is noted where other processes see it, and hears of them. */
const EVERY_MS = 700;
const MEGABYTES = { maxYoungGenerationSizeMb: 32, maxOldGenerationSizeMb: 1500 };

/** The searches for duplicates of this process, one a chapter, each in a thread of its own. */
export class DuplicateSearches {
  readonly #clock: () => number;
  readonly #running = new Map<ChapterDb, Running>();

  constructor({ clock }: { readonly clock: () => number }) {
    this.#clock = clock;
  }

  /** Starts a search. Problem: search-running. */
  async start(db: ChapterDb, by: MemberId | null): Promise<Result<DuplicateSearch>> {
    const release = this.#running.has(db) ? null : await db.claim('duplicates');
    if (release === null) return fail(problem('search-running'));
    await beginSearch(db, by, this.#clock());
    const running = this.#run(db, { target: targetOf(db), chapterId: db.id }, release);
    this.#running.set(db, running);
    const started = await readSearch(db);
    if (started === null) throw new Error('A search that began has no row.');
    return ok(started);
  }

  /** How the search stands; null when there never was one. One whose process died has failed. */
  async find(db: ChapterDb): Promise<DuplicateSearch | null> {
    const found = await readSearch(db);
    if (found?.state !== 'running' || this.#running.has(db)) return found;
    const release = await db.claim('duplicates');
    if (release === null) return found;
    try {
      await endSearch(db, { state: 'failed' }, this.#clock());
    } finally {
      await release();
    }
    return readSearch(db);
  }

  /** Asks a search to stop, of this process or another. */
  async cancel(db: ChapterDb): Promise<void> {
    await noteSearch(db, { cancel_asked: 1 });
    const running = this.#running.get(db);
    running?.cancel();
    await running?.finished;
  }

  async close(): Promise<void> {
    const running = [...this.#running.values()];
    for (const one of running) one.cancel();
    await Promise.allSettled(running.map(({ finished }) => finished));
  }

  #run(db: ChapterDb, job: SearchJob, release: () => Promise<void>): Running {
    const worker = startThread('roll/duplicates-worker.ts', {
      workerData: job,
      resourceLimits: MEGABYTES,
    });
    let far: SearchProgress | null = null;
    let result: SearchResult | null | undefined;
    let cancelled = false;
    const cancel = (): void => {
      cancelled = true;
      worker.postMessage('cancel');
    };
    let noting: Promise<void> | null = null;
    const note = async (): Promise<void> => {
      const asked = await noteSearch(db, far ?? {});
      if (asked && !cancelled) cancel();
    };
    const timer = setInterval(() => {
      noting ??= note()
        .catch((error: unknown) => sayFault('The search’s progress was not noted', error))
        .finally(() => (noting = null));
    }, EVERY_MS);
    const over = new Promise<void>((resolve) => {
      worker.on('message', (message: FromSearch) => {
        if (message.kind === 'progress') far = message.progress;
        else result = message.result;
      });
      worker.on('error', (error) => sayFault('The search for duplicates died', error));
      worker.on('exit', () => resolve());
    });
    const finish = async (): Promise<void> => {
      try {
        await over;
        clearInterval(timer);
        await noting;
        await endSearch(db, endOf(result, cancelled), this.#clock());
      } catch (error) {
        sayFault('What the search found was not kept', error);
      } finally {
        this.#running.delete(db);
        await release();
      }
    };
    const finished = finish();
    return { cancel, finished };
  }
}

function endOf(result: SearchResult | null | undefined, cancelled: boolean): SearchEnd {
  if (cancelled || result === null) return { state: 'cancelled' };
  return result === undefined ? { state: 'failed' } : { state: 'done', result };
}
