import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { ArchiveState } from '#shared/model/archive.ts';
import { appendAudit, byMember } from '../audit/append-audit.ts';
import { archiveApart } from '../backup/run-task.ts';
import { faultOf } from '../backup/take-backup.ts';
import { openWorkFolder } from '../backup/work-folder.ts';
import type { StaffActor } from '../chapter/actor.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { archiveInto } from './archive-into.ts';
import {
  type ArchiveNote,
  type MakingArchive,
  readArchiveNote,
  type ReadyArchive,
  writeArchiveNote,
} from './archive-notes.ts';
import { KeptArchives } from './kept-archives.ts';
import type { ArchiveJob } from './make-archive.ts';

type Means = Pick<Ports, 'config' | 'clock' | 'publicUrl' | 'registry'> & {
  readonly warn: (sentence: string) => void;
};

/** One that this process makes. */
interface Running {
  readonly id: string;
  readonly stop: AbortController;
  now: MakingArchive;
  end: Promise<void>;
}

/** An archive is as open as the roll: it lies on the server for as long as somebody needs to fetch it. */
const KEPT_MS = 3_600_000;
const LOOK_MS = 60_000;
/** As often as this its maker says that it is at it, and hears whether anybody wants it to stop. */
const BEAT_MS = 2_000;
/** Whoever has said nothing for so long was stopped. */
const SILENT_MS = 30_000;

const NOTHING: ArchiveState = { making: null, ready: null, fault: null };

/**
 * The archives that were asked for at the desk, one a chapter: made in a thread of their own, then
 * kept for an hour in the data folder. How each stands is noted in the registry, so that every
 * process says the same and a start knows what was there before it.
 */
export class ArchiveKeeper {
  readonly #means: Means;
  readonly #running = new Map<string, Running>();
  readonly #kept: KeptArchives;
  readonly #timer: NodeJS.Timeout;
  readonly #archive: typeof archiveApart;

  /** `archive` does the work; in a thread of its own where nothing else is said. */
  constructor(means: Means, archive: typeof archiveApart = archiveApart) {
    this.#means = means;
    this.#archive = archive;
    this.#kept = new KeptArchives(means.config.dataDir);
    const look = (): void => {
      this.dropOld().catch((error: unknown) => {
        means.warn(`Archives of before were not looked through: ${String(error)}`);
      });
    };
    this.#timer = setInterval(look, LOOK_MS);
    this.#timer.unref();
    if (this.#kept.list().length > 0) look();
  }

  /** How the chapter's archive stands. */
  async state({ id }: Pick<ChapterDb, 'id'>): Promise<ArchiveState> {
    const own = this.#running.get(id);
    if (own !== undefined) return { ...NOTHING, making: own.now };
    const { registry, clock } = this.#means;
    const note = await readArchiveNote(registry, id);
    if (note?.kind === 'failed') return { ...NOTHING, fault: note.fault };
    if (note?.kind === 'making') {
      const lost = clock() - note.beat > SILENT_MS;
      return lost ? { ...NOTHING, fault: 'interrupted' } : { ...NOTHING, making: note.now };
    }
    if (note === null || note.ready.until <= clock()) return NOTHING;
    const here = this.#kept.has({ chapterId: id, id: note.id });
    // Where one folder is all there is, somebody has deleted it by hand.
    if (!here && registry.engine === 'sqlite') return { ...NOTHING, fault: 'gone' };
    return { ...NOTHING, ready: { ...note.ready, here } };
  }

  /** The file that is ready here; null when there is none. */
  async readyFile({
    id,
  }: Pick<ChapterDb, 'id'>): Promise<(ReadyArchive & { path: string }) | null> {
    const { registry, clock } = this.#means;
    const note = await readArchiveNote(registry, id);
    if (note?.kind !== 'ready' || note.ready.until <= clock()) return null;
    const kept = { chapterId: id, id: note.id };
    return this.#kept.has(kept) ? { ...note.ready, path: this.#kept.pathOf(kept) } : null;
  }

  /**
   * Begins one, unless one is being made. The one before goes. Problems: archive-running where
   * somebody else is at it.
   */
  async start(actor: StaffActor): Promise<Result<ArchiveState>> {
    const { db, member } = actor;
    if (this.#running.has(db.id)) return ok(await this.state(db));
    const now = { byName: member.name, startedAt: this.#means.clock(), part: '', done: 0, of: 1 };
    const stop = new AbortController();
    // Before anything is waited for: two who ask at once get one.
    const own: Running = { id: randomUUID(), stop, now, end: Promise.resolve() };
    this.#running.set(db.id, own);
    const release = await db.claim('archiving').catch((error: unknown) => {
      this.#running.delete(db.id);
      throw error;
    });
    if (release === null) {
      this.#running.delete(db.id);
      return fail(problem('archive-running'));
    }
    this.#dropAll(db);
    await this.#note(db, own).catch(async (error: unknown) => {
      this.#running.delete(db.id);
      await release();
      throw error;
    });
    own.end = this.#runClaimed(actor, own, release);
    return ok(await this.state(db));
  }

  async #runClaimed(actor: StaffActor, own: Running, release: () => Promise<void>): Promise<void> {
    try {
      await this.#run(actor, own);
    } finally {
      this.#running.delete(actor.db.id);
      await release();
    }
  }

  async #run(actor: StaffActor, own: Running): Promise<void> {
    const { db } = actor;
    const { warn } = this.#means;
    const beat = setInterval(() => void this.#beat(db, own), BEAT_MS);
    beat.unref();
    try {
      const ready = await this.#make(actor, own);
      if (own.stop.signal.aborted) return;
      await this.#write(db, own, { id: own.id, kind: 'ready', ready });
    } catch (error) {
      if (own.stop.signal.aborted) return;
      const said = error instanceof Error ? error.message : String(error);
      warn(`Chapter ${db.id}: the archive was not made: ${said}`);
      const note = { id: own.id, kind: 'failed', fault: faultOf(error) } as const;
      await this.#write(db, own, note).catch(() => {});
    } finally {
      clearInterval(beat);
      if (own.stop.signal.aborted) this.#kept.drop({ chapterId: db.id, id: own.id });
    }
  }

  #note(db: Pick<ChapterDb, 'id'>, { id, now }: Running): Promise<void> {
    const note: ArchiveNote = { id, kind: 'making', now, beat: this.#means.clock() };
    return writeArchiveNote(this.#means.registry, db.id, note);
  }

  /** Writes it unless another process was told to stop this one. */
  async #write(db: Pick<ChapterDb, 'id'>, own: Running, note: ArchiveNote): Promise<void> {
    const { registry } = this.#means;
    const noted = await readArchiveNote(registry, db.id);
    if (own.stop.signal.aborted) return;
    if (noted?.id === own.id) return writeArchiveNote(registry, db.id, note);
    own.stop.abort();
  }

  async #beat(db: Pick<ChapterDb, 'id'>, own: Running): Promise<void> {
    const { id, now, stop } = own;
    if (stop.signal.aborted) return;
    // A registry that is away for a moment does not end the work.
    await this.#write(db, own, { id, kind: 'making', now, beat: this.#means.clock() }).catch(
      () => {},
    );
  }

  async #make(actor: StaffActor, own: Running): Promise<ReadyArchive> {
    const { db } = actor;
    const { signal } = own.stop;
    const { clock, config } = this.#means;
    const work = openWorkFolder(config.dataDir);
    try {
      const folder = join(work.path, 'archive');
      const path = join(work.path, 'archive.zip');
      mkdirSync(folder, { mode: 0o700 });
      const run = (job: ArchiveJob) =>
        this.#archive(job, signal, (progress) => {
          own.now = { ...own.now, ...progress };
        });
      const wish = { folder, zip: path, run };
      const { zip, files, rows, sha256 } = await archiveInto(db, wish, this.#means);
      rmSync(folder, { recursive: true, force: true });
      signal.throwIfAborted();
      if (zip === null) throw new Error('The archive was not put into one file.');
      const at = clock();
      const details = { files, rows, bytes: zip.bytes, sha256 };
      await db.write((trx) =>
        appendAudit(trx, { at, kind: 'archived', actor: byMember(actor), details }),
      );
      this.#kept.keep({ chapterId: db.id, id: own.id }, path);
      const { slug } = await db.read.selectFrom('chapter').select('slug').executeTakeFirstOrThrow();
      const file = `${slug}-archive-${new Date(at).toISOString().slice(0, 10)}.zip`;
      return { byName: own.now.byName, at, until: at + KEPT_MS, file, rows, ...zip };
    } finally {
      work.drop();
    }
  }

  /** Ends the one that is being made, by whichever process, or deletes the one that is ready. */
  async cancel(db: Pick<ChapterDb, 'id'>): Promise<void> {
    const own = this.#running.get(db.id);
    own?.stop.abort();
    await own?.end;
    await writeArchiveNote(this.#means.registry, db.id, null);
    this.#dropAll(db);
  }

  #dropAll({ id }: Pick<ChapterDb, 'id'>): void {
    for (const one of this.#kept.list()) if (one.chapterId === id) this.#kept.drop(one);
  }

  /** Deletes what lies in this data folder for longer than it may, or was given up elsewhere. */
  async dropOld(): Promise<void> {
    const { registry, clock } = this.#means;
    for (const one of this.#kept.list()) {
      const note = await readArchiveNote(registry, one.chapterId);
      const over = note?.kind === 'ready' && note.ready.until <= clock();
      if (note?.id !== one.id || note.kind === 'failed' || over) this.#kept.drop(one);
    }
  }

  /** What is being made ends; what is ready is there after the next start. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    for (const [chapterId, { id, stop, end }] of this.#running) {
      stop.abort();
      await end;
      const note = { id, kind: 'failed', fault: 'interrupted' } as const;
      await writeArchiveNote(this.#means.registry, chapterId as ChapterDb['id'], note);
    }
  }
}
