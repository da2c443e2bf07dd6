import type { TurfId } from '#shared/kernel/ids.ts';
import type { LiveTurf } from '#shared/model/turf.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { type CommitNotice, type CommitNotices, SOMEBODY_JOINED } from '../sync/notify.ts';
import { readLiveTurf } from './turf-states.ts';

/** A turf is told at most this often: forty phones that come home at once are one picture. */
const PAUSE_MS = 300;
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
  /** Somebody joined, or waits to be let in: who, is asked for. */
  readonly joins: () => void;
  readonly fail: (error: unknown) => void;
}

/** Computes each touched turf of a chapter once, however many desks follow it. */
export class LiveTurfs {
  readonly #clock: () => number;
  readonly #followers = new Map<ChapterDb, Set<Follower>>();
  readonly #touched = new Map<ChapterDb, Set<number>>();
  readonly #timers = new Map<ChapterDb, NodeJS.Timeout>();
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

  close(): void {
    this.#stop();
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
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
      const doors = doorKeys.filter((key) => key !== SOMEBODY_JOINED);
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
