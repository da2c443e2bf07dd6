import type { ChapterDb } from '../store/chapter-db.ts';

/**
 * What this process alone may do in each chapter, by the name of the task: the command line may be at
 * it beside a server. A claim goes with the process.
 */
export class Claims {
  readonly #task: string;
  readonly #held = new Map<ChapterDb, () => Promise<void>>();

  constructor(task: string) {
    this.#task = task;
  }

  has(db: ChapterDb): boolean {
    return this.#held.has(db);
  }

  /** True when nobody else has the task of this chapter, and this process had it not or `again`. */
  async take(db: ChapterDb, { again = false } = {}): Promise<boolean> {
    if (this.#held.has(db)) return again;
    const claim = await db.claim(this.#task);
    if (claim !== null) this.#held.set(db, claim);
    return claim !== null;
  }

  async release(db: ChapterDb): Promise<void> {
    const release = this.#held.get(db);
    this.#held.delete(db);
    await release?.();
  }
}
