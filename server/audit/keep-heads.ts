import type { ChapterDb } from '../store/chapter-db.ts';
import type { Registry } from '../store/registry.ts';
import { signHead } from './sign-head.ts';

interface Means {
  readonly registry: Registry;
  readonly clock: () => number;
  /** Tells whoever runs the server. */
  readonly warn: (sentence: string) => void;
}

const EVERY_MS = 3_600_000;

/** Whether the chain still holds the entry that was noted outside the database. */
async function holdsNoted(
  db: Pick<ChapterDb, 'read'>,
  noted: { readonly seq: number; readonly hash: string },
): Promise<boolean> {
  const row = await db.read
    .selectFrom('audit')
    .select('hash')
    .where('seq', '=', noted.seq)
    .executeTakeFirst();
  return row !== undefined && Buffer.from(row.hash).toString('hex') === noted.hash;
}

/**
 * Signs the head of a chapter's audit chain and notes it in the registry, when it moved. A chain
 * that has lost what was noted is told of, and the note stays: it is the evidence.
 */
export async function keepHead(db: ChapterDb, { registry, clock, warn }: Means): Promise<void> {
  const noted = await registry.notedHead(db.id);
  if (noted !== null && !(await holdsNoted(db, noted))) {
    warn(
      `The audit chain of chapter ${db.id} no longer holds its entry ${noted.seq} as it was noted: it was cut off or written anew, or an older copy was put in its place. See: homeground audit verify.`,
    );
    return;
  }
  const head = await signHead(db, clock());
  if (head === null || (noted !== null && noted.seq >= head.seq)) return;
  await registry.noteHead(db.id, { seq: head.seq, hash: head.hash, at: head.at });
}

/** Keeps the heads of the chapters that a server has open: as they open, hourly, and at the end. */
export class HeadKeeper {
  readonly #means: Means;
  readonly #moved = new Set<ChapterDb>();
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
    try {
      await keepHead(db, this.#means);
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
