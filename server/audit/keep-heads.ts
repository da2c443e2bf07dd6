import type { ChapterDb } from '../store/chapter-db.ts';
import type { Registry } from '../store/registry.ts';
import { expectedHead } from './expected-head.ts';
import { signHead } from './sign-head.ts';

interface Means {
  readonly registry: Registry;
  readonly clock: () => number;
  /** Tells whoever runs the server. */
  readonly warn: (sentence: string) => void;
}

const EVERY_MS = 3_600_000;

/**
 * Signs the head of a chapter's audit chain and notes it in the registry, when it moved. A chain
 * that has lost what was noted is told of, and the note stays: it is the evidence. One that a restore
 * has put in place on purpose is what is expected from then on.
 */
export async function keepHead(db: ChapterDb, { registry, clock, warn }: Means): Promise<void> {
  const noted = await registry.notedHead(db.id);
  const { head: expected, held } = await expectedHead(db, registry);
  if (!held) {
    warn(
      `The audit chain of chapter ${db.id} no longer holds its entry ${expected?.seq ?? 0} as it was noted: it was cut off or written anew, or an older copy was put in its place. See: homeground audit verify.`,
    );
    return;
  }
  const head = await signHead(db, clock());
  if (head === null || head.hash === noted?.hash) return;
  if (expected !== null && expected.hash === noted?.hash && expected.seq >= head.seq) return;
  await registry.noteHead(db.id, { seq: head.seq, hash: head.hash, at: head.at }, noted);
}

/** Keeps the heads of the chapters that a server has open: as they open, hourly, and at the end. */
export class HeadKeeper {
  readonly #means: Means;
  readonly #moved = new Set<ChapterDb>();
  /** What was said of each chapter last: the same is not said every hour. */
  readonly #told = new Map<string, string>();
  readonly #timer: NodeJS.Timeout;

  constructor(means: Means) {
    this.#means = means;
    this.#timer = setInterval(() => void this.flush(), EVERY_MS);
    this.#timer.unref();
  }

  /** Something of this chapter may have been written down. */
  touch(db: ChapterDb): void {
    this.#moved.add(db);
  }

  /** Never fails for the sake of a head: the chapter must open all the same. */
  async keep(db: ChapterDb): Promise<void> {
    const warn = (sentence: string): void => {
      if (this.#told.get(db.id) === sentence) return;
      this.#told.set(db.id, sentence);
      this.#means.warn(sentence);
    };
    try {
      await keepHead(db, { ...this.#means, warn });
    } catch (error) {
      this.#means.warn(`The audit head of chapter ${db.id} was not signed: ${String(error)}`);
      this.#moved.add(db);
    }
  }

  /** Signs and notes whatever moved since. */
  async flush(): Promise<void> {
    const moved = [...this.#moved];
    this.#moved.clear();
    for (const db of moved) await this.keep(db);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }
}
