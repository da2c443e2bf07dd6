import type { ChapterId } from '#shared/kernel/ids.ts';
import type { ChapterDb } from './chapter-db.ts';

/** The chapters that this process has open: each once, however many ask at the same moment. */
export class OpenHandles {
  readonly #open = new Map<ChapterId, Promise<ChapterDb>>();
  readonly #first: ((db: ChapterDb) => Promise<void>)[] = [];

  find(id: ChapterId): Promise<ChapterDb> | undefined {
    return this.#open.get(id);
  }

  /** Opens a chapter that bears its stamp and does what is done first; a failure is not kept. */
  open(id: ChapterId, how: () => Promise<ChapterDb>): Promise<ChapterDb> {
    const opening = this.#openStamped(id, how);
    this.#open.set(id, opening);
    opening.catch(() => {
      if (this.#open.get(id) === opening) this.#open.delete(id);
    });
    return opening;
  }

  keep(db: ChapterDb): void {
    this.#open.set(db.id, Promise.resolve(db));
  }

  /** Some chapter that is open; null when none is. */
  async some(): Promise<ChapterDb | null> {
    const [first] = this.#open.values();
    return first === undefined ? null : first.catch(() => null);
  }

  /** Lets go of a chapter that is elsewhere now; whoever still holds it fails by themselves. */
  forget(id: ChapterId): void {
    this.#open.delete(id);
  }

  /** What is done with each chapter before anybody else gets it; with those that are open, now. */
  async whenOpened(first: (db: ChapterDb) => Promise<void>): Promise<void> {
    this.#first.push(first);
    for (const opening of this.#open.values()) await first(await opening);
  }

  async close(): Promise<void> {
    const opened = await Promise.allSettled(this.#open.values());
    for (const one of opened) if (one.status === 'fulfilled') await one.value.close();
    this.#open.clear();
  }

  async #openStamped(id: ChapterId, how: () => Promise<ChapterDb>): Promise<ChapterDb> {
    const db = await how();
    try {
      const stamp = await db.read.selectFrom('chapter').select('id').executeTakeFirst();
      if (stamp?.id !== id) throw new Error(`The database of ${id} bears no stamp of its chapter.`);
      for (const first of this.#first) await first(db);
      return db;
    } catch (error) {
      await db.close();
      throw error;
    }
  }
}
