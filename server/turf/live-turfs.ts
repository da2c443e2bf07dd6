import type { TurfId } from '#shared/kernel/ids.ts';
import type { LaunchBoard } from '#shared/model/launch.ts';
import type { LiveTurf } from '#shared/model/turf.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import {
  type CommitNotice,
  type CommitNotices,
  SOMEBODY_JOINED,
  TURFS_CHANGED,
} from '../sync/notify.ts';
import { LaunchDays, readLaunchBoard } from './launch-days.ts';
import { readLiveTurf } from './turf-states.ts';

/** A turf is told at most this often: forty phones that come home at once are one picture. */
const PAUSE_MS = 300;
/** Where knocks alone come in, what phones have unsent and the day are told at most this often. */
const BOARD_PAUSE_MS = 3000;
/** Keys of doors asked about in one query. */
const MOST_KEYS = 5000;

async function findTouched(db: ChapterDb, doorKeys: readonly number[]): Promise<TurfId[]> {
  const rows = await db.read
    .selectFrom('turf_doors')
    .select('turf_id')
    .distinct()
    .where('door_key', 'in', doorKeys.slice(0, MOST_KEYS))
    .where('removed_seq', 'is', null)
    .execute();
  return rows.map((row) => row.turf_id);
}

interface Follower {
  readonly send: (turf: LiveTurf) => void;
  /** Who has which turf, after it has changed. */
  readonly board: (board: LaunchBoard) => void;
  /** Somebody joined, or waits to be let in: who, is asked for. */
  readonly joins: () => void;
  readonly fail: (error: unknown) => void;
}

interface Due {
  readonly at: number;
  readonly timer: NodeJS.Timeout;
}

/** Computes each touched turf of a chapter, and who has which, once, however many desks follow it. */
export class LiveTurfs {
  readonly #clock: () => number;
  readonly #followers = new Map<ChapterDb, Set<Follower>>();
  readonly #touched = new Map<ChapterDb, Set<number>>();
  readonly #timers = new Map<ChapterDb, NodeJS.Timeout>();
  readonly #boards = new Map<ChapterDb, Due>();
  readonly #days = new LaunchDays();
  readonly #stop: () => void;

  constructor(notices: CommitNotices, clock: () => number) {
    this.#clock = clock;
    const stops = [
      notices.listen((notice) => this.#note(notice)),
      notices.whenLost(() => this.#failAll(new Error('Notices may have been missed.'))),
    ];
    this.#stop = () => stops.forEach((stop) => stop());
  }

  /** Tells a desk about each turf of its chapter that changes; gives back how to stop. */
  follow(db: ChapterDb, follower: Follower): () => void {
    const followers = this.#followers.get(db) ?? new Set();
    this.#followers.set(db, followers.add(follower));
    return () => {
      followers.delete(follower);
      if (followers.size === 0) this.#followers.delete(db);
    };
  }

  /** Who has which turf now, and what was done today. */
  readBoard(db: ChapterDb): Promise<LaunchBoard> {
    return readLaunchBoard(db, this.#days, this.#clock());
  }

  close(): void {
    this.#stop();
    for (const timer of this.#timers.values()) clearTimeout(timer);
    for (const { timer } of this.#boards.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#boards.clear();
    this.#followers.clear();
  }

  /** Each desk comes back by itself and reads everything anew. */
  #failAll(error: Error): void {
    for (const followers of this.#followers.values()) {
      for (const follower of followers) follower.fail(error);
    }
  }

  #note({ chapterId, doorKeys }: CommitNotice): void {
    for (const db of this.#followers.keys()) {
      if (db.id !== chapterId) continue;
      if (doorKeys.includes(SOMEBODY_JOINED)) {
        for (const follower of this.#followers.get(db) ?? []) follower.joins();
      }
      const doors = doorKeys.filter((key) => key !== SOMEBODY_JOINED && key !== TURFS_CHANGED);
      this.#planBoard(db, doors.length < doorKeys.length ? PAUSE_MS : BOARD_PAUSE_MS);
      if (doors.length === 0) continue;
      const touched = this.#touched.get(db) ?? new Set();
      for (const key of doors) touched.add(key);
      this.#touched.set(db, touched);
      if (!this.#timers.has(db)) {
        this.#timers.set(
          db,
          setTimeout(() => void this.#tell(db), PAUSE_MS),
        );
      }
    }
  }

  #planBoard(db: ChapterDb, wait: number): void {
    const due = this.#boards.get(db);
    const at = performance.now() + wait;
    if (due !== undefined && due.at <= at) return;
    clearTimeout(due?.timer);
    this.#boards.set(db, { at, timer: setTimeout(() => void this.#tellBoard(db), wait) });
  }

  async #tellBoard(db: ChapterDb): Promise<void> {
    this.#boards.delete(db);
    try {
      const board = await this.readBoard(db);
      for (const follower of this.#followers.get(db) ?? []) follower.board(board);
    } catch (error) {
      for (const follower of this.#followers.get(db) ?? []) follower.fail(error);
    }
  }

  async #tell(db: ChapterDb): Promise<void> {
    this.#timers.delete(db);
    const touched = [...(this.#touched.get(db) ?? [])];
    this.#touched.delete(db);
    try {
      for (const turfId of await findTouched(db, touched)) {
        const turf = await readLiveTurf(db, turfId, this.#clock());
        for (const follower of this.#followers.get(db) ?? []) follower.send(turf);
      }
    } catch (error) {
      for (const follower of this.#followers.get(db) ?? []) follower.fail(error);
    }
  }
}
