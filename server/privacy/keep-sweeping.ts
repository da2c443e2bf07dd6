import { setImmediate } from 'node:timers/promises';
import { BY_SERVER } from '../audit/append-audit.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { listSweeps, sweepChapter } from './sweep-chapter.ts';

type Means = Pick<Ports, 'registry' | 'clock'> & {
  /** Tells whoever runs the server. */
  readonly warn: (sentence: string) => void;
};

const HOUR = 3_600_000;
const TICK_MS = 10 * 60_000;
/** The night in which nobody walks, in hours of the chapter's zone. */
const NIGHT = { from: 2, to: 5 } as const;

/** Whether a chapter is to be swept: once a night, or by day when the server slept that night. */
export function isSweepDue(lastAt: number | null, now: number, timeZone: string): boolean {
  if (lastAt !== null && now - lastAt < 20 * HOUR) return false;
  if (lastAt !== null && now - lastAt >= 30 * HOUR) return true;
  const hour = Number(
    new Intl.DateTimeFormat('en-US', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(now),
  );
  return hour >= NIGHT.from && hour < NIGHT.to;
}

/** Sweeps each chapter at night, one after the other. Of several processes one does it. */
export class SweepKeeper {
  readonly #means: Means;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> = Promise.resolve();
  #ended = false;

  constructor(means: Means) {
    this.#means = means;
  }

  start(): void {
    this.#timer = setInterval(() => void this.tick(), TICK_MS);
    this.#timer.unref();
  }

  /** Sweeps what is due. Never throws: the next chapter has its turn whatever becomes of one. */
  tick(): Promise<void> {
    const before = this.#running;
    const now = (async () => {
      await before;
      await this.#look();
    })();
    this.#running = now;
    return now;
  }

  async close(): Promise<void> {
    this.#ended = true;
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#running;
  }

  async #look(): Promise<void> {
    const { registry, warn } = this.#means;
    const ids = await registry.chapters().catch((error: unknown) => {
      warn(`The chapters could not be looked through for a sweep: ${String(error)}`);
      return [];
    });
    for (const { id } of ids) {
      // A look asks SQLite alone, which answers at once: whoever waits for the server has a turn.
      await setImmediate();
      if (this.#ended) return;
      try {
        const db = await registry.openChapter(id);
        if (db !== null && (await this.#isDue(db))) {
          await sweepChapter(db, BY_SERVER, this.#means.clock);
        }
      } catch (error) {
        warn(`Chapter ${id} was not swept: ${String(error)}`);
      }
    }
  }

  async #isDue(db: ChapterDb): Promise<boolean> {
    const [last] = await listSweeps(db, 1);
    const { time_zone: zone } = await db.read
      .selectFrom('chapter')
      .select('time_zone')
      .executeTakeFirstOrThrow();
    return isSweepDue(last?.at ?? null, this.#means.clock(), zone);
  }
}
