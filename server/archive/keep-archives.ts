import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { ArchiveState } from '#shared/model/archive.ts';
import type { BackupFault } from '#shared/model/backup.ts';
import { appendAudit, byMember } from '../audit/append-audit.ts';
import { archiveApart } from '../backup/run-task.ts';
import { faultOf } from '../backup/take-backup.ts';
import { openWorkFolder, type WorkFolder } from '../backup/work-folder.ts';
import type { StaffActor } from '../chapter/actor.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { archiveInto } from './archive-into.ts';
import type { ArchiveJob } from './make-archive.ts';

type Means = Pick<Ports, 'config' | 'clock' | 'publicUrl'> & {
  readonly warn: (sentence: string) => void;
};

type Making = NonNullable<ArchiveState['making']>;
type Ready = NonNullable<ArchiveState['ready']> & { readonly path: string };

type Standing =
  | { readonly kind: 'making'; readonly stop: AbortController; now: Making; end: Promise<void> }
  | { readonly kind: 'ready'; readonly ready: Ready; readonly work: WorkFolder }
  | { readonly kind: 'failed'; readonly fault: BackupFault };

/** An archive is as open as the roll: it lies on the server for as long as somebody needs to fetch it. */
const KEPT_MS = 3_600_000;
const LOOK_MS = 60_000;

/**
 * The archives that were asked for at the desk, one a chapter: made in a thread of their own, then
 * kept for an hour in a folder that is gone with the process.
 */
export class ArchiveKeeper {
  readonly #means: Means;
  readonly #standing = new Map<string, Standing>();
  readonly #timer: NodeJS.Timeout;
  readonly #archive: typeof archiveApart;

  /** `archive` does the work; in a thread of its own where nothing else is said. */
  constructor(means: Means, archive: typeof archiveApart = archiveApart) {
    this.#means = means;
    this.#archive = archive;
    this.#timer = setInterval(() => this.#dropOld(), LOOK_MS);
    this.#timer.unref();
  }

  /** How the chapter's archive stands. */
  state({ id }: Pick<ChapterDb, 'id'>): ArchiveState {
    this.#dropOld();
    const at = this.#standing.get(id);
    if (at?.kind === 'making') return { making: at.now, ready: null, fault: null };
    if (at?.kind !== 'ready') return { making: null, ready: null, fault: at?.fault ?? null };
    const { path: _, ...ready } = at.ready;
    return { making: null, ready, fault: null };
  }

  /** The file that is ready; null when there is none. */
  readyFile({ id }: Pick<ChapterDb, 'id'>): Ready | null {
    this.#dropOld();
    const at = this.#standing.get(id);
    return at?.kind === 'ready' ? at.ready : null;
  }

  /**
   * Begins one, unless one is being made. The one before goes. Problems: archive-running where
   * somebody else is at it.
   */
  async start(actor: StaffActor): Promise<Result<ArchiveState>> {
    const { db, member } = actor;
    if (this.#standing.get(db.id)?.kind === 'making') return ok(this.state(db));
    const stop = new AbortController();
    const now = { byName: member.name, startedAt: this.#means.clock(), part: '', done: 0, of: 1 };
    this.#drop(db.id);
    // Before anything is waited for: two who ask at once get one.
    const making: Standing = { kind: 'making', stop, now, end: Promise.resolve() };
    this.#standing.set(db.id, making);
    const release = await db.claim('archiving');
    if (release === null) {
      this.#standing.delete(db.id);
      return fail(problem('archive-running'));
    }
    making.end = this.#make(actor, making).then(release);
    return ok(this.state(db));
  }

  async #make(actor: StaffActor, making: Extract<Standing, { kind: 'making' }>): Promise<void> {
    const { db } = actor;
    const { signal } = making.stop;
    const { clock, config, warn } = this.#means;
    const work = openWorkFolder(config.dataDir);
    try {
      const folder = join(work.path, 'archive');
      const path = join(work.path, 'archive.zip');
      mkdirSync(folder, { mode: 0o700 });
      const run = (job: ArchiveJob) =>
        this.#archive(job, signal, (progress) => {
          making.now = { ...making.now, ...progress };
        });
      const { zip, files, rows, sha256 } = await archiveInto(
        db,
        { folder, zip: path, run },
        this.#means,
      );
      rmSync(folder, { recursive: true, force: true });
      signal.throwIfAborted();
      if (zip === null) throw new Error('The archive was not put into one file.');
      const at = clock();
      const details = { files, rows, bytes: zip.bytes, sha256 };
      await db.write((trx) =>
        appendAudit(trx, { at, kind: 'archived', actor: byMember(actor), details }),
      );
      const { slug } = await db.read.selectFrom('chapter').select('slug').executeTakeFirstOrThrow();
      const file = `${slug}-archive-${new Date(at).toISOString().slice(0, 10)}.zip`;
      const { byName } = making.now;
      const ready: Ready = { byName, at, until: at + KEPT_MS, file, rows, ...zip, path };
      this.#standing.set(db.id, { kind: 'ready', ready, work });
    } catch (error) {
      work.drop();
      if (signal.aborted) {
        this.#standing.delete(db.id);
        return;
      }
      const said = error instanceof Error ? error.message : String(error);
      warn(`Chapter ${db.id}: the archive was not made: ${said}`);
      this.#standing.set(db.id, { kind: 'failed', fault: faultOf(error) });
    }
  }

  /** Ends the one that is being made, or deletes the one that is ready. Done when nothing is left. */
  cancel({ id }: Pick<ChapterDb, 'id'>): Promise<void> {
    return this.#end(id);
  }

  async #end(id: string): Promise<void> {
    const at = this.#standing.get(id);
    if (at?.kind !== 'making') return this.#drop(id);
    at.stop.abort();
    await at.end;
    this.#drop(id);
  }

  #drop(id: string): void {
    const at = this.#standing.get(id);
    if (at?.kind === 'ready') at.work.drop();
    this.#standing.delete(id);
  }

  #dropOld(): void {
    const now = this.#means.clock();
    for (const [id, at] of this.#standing) {
      if (at.kind === 'ready' && at.ready.until <= now) this.#drop(id);
    }
  }

  /** Leaves nothing behind. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all([...this.#standing.keys()].map((id) => this.#end(id)));
  }
}
