import { makeId, type Id } from '#shared/kernel/ids.ts';
import { problem, type Problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { AuditActor } from '#shared/model/audit.ts';
import type {
  KeepLayer,
  LayerColumn,
  LayerDraft,
  LayerId,
  StartLayer,
} from '#shared/model/layer.ts';
import { placeColumns } from '#shared/roll/place-columns.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { clearSets, findLayer, findLayerByName, openSet } from '../store/layer-rows.ts';
import { checkLayerWish } from './check-layer-wish.ts';
import { Claims } from './claims.ts';
import type { ImportProgress, Outcome } from './import-messages.ts';
import { draftPaths, dropDraft, type MatchedLayer, readDraft, tidyDrafts } from './layer-draft.ts';
import type { LayerJob } from './layer-messages.ts';
import { flipLayer } from './flip-layer.ts';
import type { ImportMeans } from './roll-imports.ts';
import { runRollJob, type RunningJob } from './run-roll-job.ts';
import { sayFault } from './say-fault.ts';
import { targetOf } from './target-of.ts';
import type { Upload } from './upload.ts';

interface Running {
  readonly job: RunningJob;
  readonly finished: Promise<LayerDraft>;
  now: LayerDraft;
}

/** What was begun, and how it will have ended. */
export interface BegunLayer {
  readonly started: LayerDraft;
  readonly finished: Promise<LayerDraft>;
}

/** Who keeps a layer; `memberId` null: the command line. */
export interface LayerMaker {
  readonly actor: AuditActor;
  readonly memberId: string | null;
}

/**
 * The files of which this process makes layers, one at a time of each chapter, each step in a thread
 * of its own: first its people are looked for and shown, then what was found is kept.
 */
export class LayerJobs {
  readonly #means: ImportMeans;
  readonly #running = new Map<ChapterDb, Running>();
  readonly #claims = new Claims('layers');
  /** How drafts ended that have no file. */
  readonly #ended = new WeakMap<ChapterDb, LayerDraft>();
  #closing = false;

  constructor(means: ImportMeans) {
    this.#means = means;
  }

  /**
   * Looks for the people of a file; nothing of it is kept. Problems: layer-running, those of
   * checkLayerWish.
   */
  async match(
    db: ChapterDb,
    upload: Upload,
    wish: StartLayer,
    onProgress?: (draft: LayerDraft) => void,
  ): Promise<Result<BegunLayer>> {
    const checked = await checkLayerWish(db, upload, wish);
    if (!checked.ok) return checked;
    if (!(await this.#claims.take(db))) return fail(problem('layer-running'));
    const now = this.#means.clock();
    await tidyDrafts(db, now);
    const id: string = makeId<Id<'draft'>>(now, this.#means.random);
    const { fileName, bytes, sha256, path } = upload;
    const started: LayerDraft = {
      id,
      state: 'matching',
      fileName,
      bytes,
      bytesRead: 0,
      rowsRead: 0,
      members: wish.members,
      preview: null,
      layerId: null,
      problem: null,
    };
    const job: LayerJob = {
      kind: 'layer-match',
      target: targetOf(db),
      chapterId: db.id,
      path,
      about: { fileName, bytes, sha256 },
      wish,
      draft: draftPaths(db, id),
    };
    const finished = this.#run(db, job, started, onProgress, (found) =>
      this.#endMatch(db, started, found),
    );
    return ok({ started, finished });
  }

  /**
   * Keeps what was found as a layer, or as the newer values of one, in one flip. Problems:
   * layer-running, layer-draft-gone, layer-match-again, layer-name-taken, not-found.
   */
  async keep(
    db: ChapterDb,
    id: string,
    wish: KeepLayer,
    maker: LayerMaker,
    onProgress?: (draft: LayerDraft) => void,
  ): Promise<Result<BegunLayer>> {
    if (!(await this.#claims.take(db))) return fail(problem('layer-running'));
    const matched = await readDraft(draftPaths(db, id));
    const hindrance =
      matched === null ? problem('layer-draft-gone') : await this.#hindrance(db, wish);
    if (matched === null || hindrance !== null) {
      await this.#claims.release(db);
      return fail(hindrance ?? problem('layer-draft-gone'));
    }
    // What an earlier one left that did not come through.
    await clearSets(db);
    const set = await openSet(db, this.#means.clock());
    const before = wish.replaces === null ? undefined : await findLayer(db.read, wish.replaces);
    const had = before === undefined ? [] : (JSON.parse(before.columns) as LayerColumn[]);
    const places = placeColumns(matched.preview.columns, had);
    const started: LayerDraft = { ...draftOf(id, matched), state: 'keeping' };
    const job: LayerJob = {
      kind: 'layer-keep',
      target: targetOf(db),
      set,
      places,
      draft: draftPaths(db, id),
    };
    const finished = this.#run(db, job, started, onProgress, (found) =>
      this.#endKeep(db, { started, matched, wish, set, places, maker }, found),
    );
    return ok({ started, finished });
  }

  /** How a file stands; null when there is none of this id. */
  async find(db: ChapterDb, id: string): Promise<LayerDraft | null> {
    const running = this.#running.get(db)?.now;
    if (running?.id === id) return running;
    const ended = this.#ended.get(db);
    const said = ended?.state !== 'matched' || ended.problem !== null;
    if (ended?.id === id && said) return ended;
    const matched = await readDraft(draftPaths(db, id));
    return matched === null ? null : draftOf(id, matched);
  }

  /** What is under way, or was found and waits to be kept; null when nothing is. */
  current(db: ChapterDb): LayerDraft | null {
    const ended = this.#ended.get(db);
    return this.#running.get(db)?.now ?? (ended?.state === 'matched' ? ended : null);
  }

  /** Stops what is under way, or throws away what was found; null when there is neither. */
  async cancel(db: ChapterDb, id: string): Promise<LayerDraft | null> {
    const running = this.#running.get(db);
    if (running?.now.id === id) {
      running.job.cancel();
      return running.finished;
    }
    const found = await this.find(db, id);
    if (found?.state !== 'matched') return found;
    await dropDraft(db, id);
    return this.#end(db, { ...found, state: 'cancelled', preview: null });
  }

  /** Stops every worker: what it wrote belongs to no layer, and is cleared by the next. */
  async close(): Promise<void> {
    this.#closing = true;
    const running = [...this.#running.values()];
    for (const { job } of running) await job.terminate();
    await Promise.allSettled(running.map(({ finished }) => finished));
  }

  /** While nothing is under way for the chapter; null when something is. */
  async alone<T>(db: ChapterDb, work: () => Promise<T>): Promise<T | null> {
    if (!(await this.#claims.take(db))) return null;
    try {
      return await work();
    } finally {
      await this.#claims.release(db);
    }
  }

  async #hindrance(db: ChapterDb, { name, replaces }: KeepLayer): Promise<Problem | null> {
    if (replaces !== null && (await findLayer(db.read, replaces)) === undefined) {
      return problem('not-found');
    }
    const named = await findLayerByName(db.read, name.trim());
    const taken = named !== undefined && named.id !== replaces;
    return taken ? problem('layer-name-taken', { name: name.trim() }) : null;
  }

  #run(
    db: ChapterDb,
    job: LayerJob,
    started: LayerDraft,
    onProgress: ((draft: LayerDraft) => void) | undefined,
    end: (found: Problem | Outcome | null) => Promise<LayerDraft>,
  ): Promise<LayerDraft> {
    const note = ({ rowsRead, bytesRead }: ImportProgress): void => {
      const running = this.#running.get(db);
      if (running === undefined) return;
      running.now = { ...running.now, rowsRead, bytesRead };
      onProgress?.(running.now);
    };
    const running = runRollJob(db, job, note);
    const finished = running.outcome.then(async (found) => {
      try {
        return this.#end(db, await end(found));
      } catch (error) {
        sayFault('What became of a layer was not noted', error);
        return this.#end(db, {
          ...started,
          state: 'failed',
          problem: problem('layer-interrupted'),
        });
      } finally {
        // Whoever hears that it ended may go on at once.
        await this.#claims.release(db);
        this.#running.delete(db);
      }
    });
    this.#running.set(db, { job: running, finished, now: started });
    return finished;
  }

  #end(db: ChapterDb, draft: LayerDraft): LayerDraft {
    this.#ended.set(db, draft);
    return draft;
  }

  async #endMatch(
    db: ChapterDb,
    started: LayerDraft,
    found: Problem | Outcome | null,
  ): Promise<LayerDraft> {
    const matched = found === 'ready' ? await readDraft(draftPaths(db, started.id)) : null;
    if (matched !== null) return draftOf(started.id, matched);
    if (!this.#closing) await dropDraft(db, started.id);
    return failed(started, found);
  }

  async #endKeep(
    db: ChapterDb,
    kept: {
      readonly started: LayerDraft;
      readonly matched: MatchedLayer;
      readonly wish: KeepLayer;
      readonly set: number;
      readonly places: readonly number[];
      readonly maker: LayerMaker;
    },
    found: Problem | Outcome | null,
  ): Promise<LayerDraft> {
    const { started } = kept;
    if (this.#closing && found === null) return failed(started, found);
    const flipped =
      found === 'ready'
        ? await flipLayer(db, { ...kept, id: this.#layerId(kept.wish) }, this.#means.clock())
        : null;
    await clearSets(db);
    if (flipped?.ok !== true) return unkept(kept, flipped === null ? found : flipped.problem);
    await dropDraft(db, started.id);
    return { ...started, state: 'kept', layerId: flipped.value };
  }

  #layerId({ replaces }: KeepLayer): LayerId {
    return replaces ?? makeId<LayerId>(this.#means.clock(), this.#means.random);
  }
}

function draftOf(id: string, { fileName, bytes, wish, preview }: MatchedLayer): LayerDraft {
  return {
    id,
    state: 'matched',
    fileName,
    bytes,
    bytesRead: bytes,
    rowsRead: preview.counts.rows,
    members: wish.members,
    preview,
    layerId: null,
    problem: null,
  };
}

/** Not kept, for whatever reason: what was found waits again, unless it is no longer true. */
function unkept(
  { started, matched }: { readonly started: LayerDraft; readonly matched: MatchedLayer },
  found: Problem | Outcome | null,
): LayerDraft {
  const ended = failed(started, found);
  if (ended.state !== 'failed' || ended.problem?.code === 'layer-match-again') return ended;
  return { ...draftOf(started.id, matched), problem: ended.problem };
}

function failed(started: LayerDraft, found: Problem | Outcome | null): LayerDraft {
  if (found === 'cancelled') return { ...started, state: 'cancelled' };
  const said = found !== null && typeof found === 'object' ? found : problem('layer-interrupted');
  return { ...started, state: 'failed', problem: said };
}
