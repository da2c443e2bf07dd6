import type { RandomBytes } from '#shared/kernel/random.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { HighWater, readMark } from '../store/high-water.ts';
import { renewIncarnation } from './renew-incarnation.ts';

interface Means {
  readonly dataDir: string;
  readonly clock: () => number;
  readonly random: RandomBytes;
  /** Tells whoever runs the server. */
  readonly warn: (sentence: string) => void;
}

/** Whatever was acknowledged longer ago than this is noted. */
const EVERY_MS = 1000;

/**
 * Notes how far chapters have come, soon after they move and never before, and finds those whose
 * database is behind what was noted.
 */
export class HighWaterKeeper {
  readonly #means: Means;
  readonly #high: HighWater;
  readonly #moved = new Set<ChapterDb>();
  readonly #timer: NodeJS.Timeout;
  #noting: Promise<void> = Promise.resolve();

  constructor(means: Means) {
    this.#means = means;
    this.#high = new HighWater(means.dataDir);
    this.#timer = setInterval(() => void this.flush(), EVERY_MS);
    this.#timer.unref();
  }

  /** Something of this chapter may have been committed. */
  touch(db: ChapterDb): void {
    this.#moved.add(db);
  }

  /** Compares and notes; a chapter that is behind gets a new incarnation. */
  async check(db: ChapterDb): Promise<void> {
    let mark = await readMark(db);
    if (this.#high.isBehind(db.id, mark)) {
      const reached = this.#high.reached(db.id, mark.incarnation);
      await renewIncarnation(db, mark.incarnation, this.#means);
      this.#means.warn(
        `The database of chapter ${db.id} is older than it was (${mark.seq}, once ${reached?.seq ?? 0}): somebody put an older copy in its place. Phones are asked to send again what they still have.`,
      );
      mark = await readMark(db);
    }
    this.#high.note(db.id, mark);
  }

  /** Notes all that has moved until now. A fault is told and tried again with the next movement. */
  async flush(): Promise<void> {
    const before = this.#noting;
    const now = (async () => {
      await before;
      await this.#checkMoved();
    })();
    this.#noting = now;
    await now;
  }

  /** Notes what is left. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }

  async #checkMoved(): Promise<void> {
    const moved = [...this.#moved];
    this.#moved.clear();
    for (const db of moved) {
      try {
        await this.check(db);
      } catch (error) {
        this.#means.warn(`The high water of chapter ${db.id} was not noted: ${String(error)}`);
      }
    }
  }
}
