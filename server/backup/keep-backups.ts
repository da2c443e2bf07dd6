import { setImmediate } from 'node:timers/promises';
import type { AuditActor } from '#shared/model/audit.ts';
import type { DrillEntry } from '#shared/model/backup.ts';
import type { Result } from '#shared/kernel/result.ts';
import { BY_SERVER } from '../audit/append-audit.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { listBackups, listDrills, readBackupSettings } from './backup-rows.ts';
import { drillBackup } from './drill.ts';
import { nextBackupAt, nextDrillAt } from './next-due.ts';
import { copyApart, verifyApart } from './run-task.ts';
import { takeBackup } from './take-backup.ts';
import { sweepWorkFolders } from './work-folder.ts';

type Means = Pick<Ports, 'config' | 'registry' | 'clock'> & {
  readonly warn: (sentence: string) => void;
};

/** How copies are made and read. */
export interface BackupTasks {
  readonly copy: typeof copyApart;
  readonly verify: typeof verifyApart;
}

const TICK_MS = 60_000;
/** A chapter whose next backup is far off is looked at again after so long at the latest. */
const LOOK_AGAIN_MS = 10 * 60_000;

/**
 * Makes the backups and drills that are due, one chapter after the other, and those that somebody
 * asks for. Of several processes that serve a chapter, whoever has claimed it does it.
 */
export class BackupKeeper {
  readonly #means: Means;
  readonly #stop = new AbortController();
  readonly #lookAt = new Map<string, number>();
  readonly #drilling = new Set<string>();
  readonly #running = new Set<Promise<unknown>>();
  #timer: NodeJS.Timeout | null = null;
  #ticking = false;

  readonly #tasks: BackupTasks;

  /** `tasks` do the work; in threads of their own where nothing else is said. */
  constructor(means: Means, tasks: BackupTasks = { copy: copyApart, verify: verifyApart }) {
    this.#means = means;
    this.#tasks = tasks;
  }

  /** From now on by itself. What was left unsealed by a server that was killed goes first. */
  start(): void {
    sweepWorkFolders(this.#means.config.dataDir);
    this.#timer = setInterval(() => void this.tick(), TICK_MS);
    this.#timer.unref();
    void this.tick();
  }

  /** Does what is due. Never throws: the next chapter has its turn whatever becomes of one. */
  async tick(): Promise<void> {
    if (this.#ticking || this.#stop.signal.aborted) return;
    this.#ticking = true;
    try {
      await this.#track(this.#look());
    } catch (error) {
      if (!this.#stop.signal.aborted) {
        this.#means.warn(`Backups: the chapters could not be looked through: ${String(error)}`);
      }
    } finally {
      this.#ticking = false;
    }
  }

  async #look(): Promise<void> {
    const { registry, clock } = this.#means;
    for (const { id } of await registry.chapters()) {
      if ((this.#lookAt.get(id) ?? 0) > clock()) continue;
      // A look asks SQLite alone, which answers at once: whoever waits for the server has a turn.
      await setImmediate();
      if (this.#stop.signal.aborted) return;
      const db = await registry.openChapter(id);
      if (db !== null) await this.#lookAfter(db);
    }
  }

  async #lookAfter(db: ChapterDb): Promise<void> {
    const { clock, warn } = this.#means;
    try {
      const due = await this.#nextOf(db);
      if (due.backup !== null && due.backup <= clock())
        await this.backUp(db, 'scheduled', BY_SERVER);
      if (due.drill !== null && due.drill <= clock()) await this.drill(db, null, BY_SERVER);
      const next = await this.#nextOf(db);
      const soonest = Math.min(next.backup ?? Infinity, next.drill ?? Infinity);
      this.#lookAt.set(db.id, Math.min(soonest, clock() + LOOK_AGAIN_MS));
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      warn(`Chapter ${db.id}: its backups could not be looked after: ${String(error)}`);
      this.#lookAt.set(db.id, clock() + LOOK_AGAIN_MS);
    }
  }

  async #nextOf(db: ChapterDb) {
    const settings = await readBackupSettings(db);
    const [backups, drills] = [await listBackups(db, 50), await listDrills(db, 1)];
    return {
      backup: nextBackupAt(settings, backups),
      drill: nextDrillAt(settings, backups, drills),
    };
  }

  /** Something about the chapter's backups was decided: look at it at the next turn. */
  touch(db: Pick<ChapterDb, 'id'>): void {
    this.#lookAt.delete(db.id);
  }

  /** A backup now. It takes as long as it takes. */
  backUp(db: ChapterDb, kind: 'scheduled' | 'asked', actor: AuditActor) {
    const { config, clock, warn } = this.#means;
    const run = (job: Parameters<typeof copyApart>[0]) => this.#tasks.copy(job, this.#stop.signal);
    return this.#track(takeBackup(db, { kind, actor }, { config, clock, warn, run }));
  }

  isDrilling(db: Pick<ChapterDb, 'id'>): boolean {
    return this.#drilling.has(db.id);
  }

  /** A drill now; with the secret it opens the backup, without it it looks at the file. */
  async drill(
    db: ChapterDb,
    secret: string | null,
    actor: AuditActor,
  ): Promise<Result<DrillEntry>> {
    const { config, clock } = this.#means;
    this.#drilling.add(db.id);
    try {
      return await this.#track(
        drillBackup(db, secret, actor, {
          config,
          clock,
          verify: (file, key, folder) => this.#tasks.verify(file, key, folder, this.#stop.signal),
        }),
      );
    } finally {
      this.#drilling.delete(db.id);
    }
  }

  async #track<T>(work: Promise<T>): Promise<T> {
    this.#running.add(work);
    try {
      return await work;
    } finally {
      this.#running.delete(work);
    }
  }

  /** Ends what is under way: a backup that was half done is written down as interrupted. */
  async close(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#stop.abort();
    await Promise.allSettled(this.#running);
  }
}
