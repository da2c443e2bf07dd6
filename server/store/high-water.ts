import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { isUuid, type ChapterId } from '#shared/kernel/ids.ts';
import type { ChapterDb } from './chapter-db.ts';
import { fixedQuery } from './fixed-query.ts';

/** How far a chapter has come: whatever is acknowledged moves one of the two. */
export interface Mark {
  readonly incarnation: string;
  /** The chapter's clock. */
  readonly seq: number;
  /** The highest key among what is held. */
  readonly held: number;
}

type Reached = Omit<Mark, 'incarnation'>;

const selectMark = fixedQuery((db) =>
  db
    .selectFrom('chapter')
    .innerJoin('clock', (join) => join.onTrue())
    .select((eb) => [
      'chapter.incarnation',
      'clock.seq',
      eb
        .selectFrom('held_ops')
        .select(({ fn }) => fn.max('key').as('key'))
        .as('held'),
    ]),
);

/** How far a chapter has come, as committed, in one snapshot. */
export async function readMark({ read }: Pick<ChapterDb, 'read'>): Promise<Mark> {
  const [row] = await selectMark(read, {});
  if (row === undefined) throw new Error('The chapter was never stamped.');
  return { incarnation: row.incarnation, seq: row.seq, held: row.held ?? 0 };
}

function isReached(value: unknown): value is Reached {
  if (typeof value !== 'object' || value === null) return false;
  const { seq, held } = value as { seq?: unknown; held?: unknown };
  return Number.isSafeInteger(seq) && Number.isSafeInteger(held);
}

/**
 * How far each chapter had come, kept outside its database: a database that is behind it was put
 * back by somebody, and phones must be told so (P9). Each incarnation has its own line, so that an
 * old file is known whichever it belongs to. Written after commits, never ahead of one.
 */
export class HighWater {
  readonly #dir: string;

  constructor(dataDir: string) {
    this.#dir = join(dataDir, 'high-water');
  }

  /** How far this incarnation had come; null when it was never noted. */
  reached(id: ChapterId, incarnation: string): Reached | null {
    return this.#read(id).get(incarnation) ?? null;
  }

  /** True when the database has lost something that it once had. */
  isBehind(id: ChapterId, { incarnation, seq, held }: Mark): boolean {
    const reached = this.reached(id, incarnation);
    return reached !== null && (seq < reached.seq || held < reached.held);
  }

  /** Raises the mark, on disk when this resolves; never lowers it. */
  note(id: ChapterId, { incarnation, seq, held }: Mark): void {
    const all = this.#read(id);
    const before = all.get(incarnation);
    if (before !== undefined && before.seq >= seq && before.held >= held) return;
    all.set(incarnation, {
      seq: Math.max(seq, before?.seq ?? 0),
      held: Math.max(held, before?.held ?? 0),
    });
    this.#write(id, all);
  }

  /** Anew each time: other processes of the same folder raise it too. */
  #read(id: ChapterId): Map<string, Reached> {
    const all = new Map<string, Reached>();
    try {
      const value: unknown = JSON.parse(readFileSync(this.#pathOf(id), 'utf8'));
      if (typeof value === 'object' && value !== null) {
        for (const [incarnation, reached] of Object.entries(value)) {
          if (isReached(reached)) all.set(incarnation, reached);
        }
      }
    } catch {
      // New, or gone with its folder: then nothing is known, which is what it says.
    }
    return all;
  }

  #write(id: ChapterId, all: ReadonlyMap<string, Reached>): void {
    mkdirSync(this.#dir, { recursive: true, mode: 0o700 });
    const path = this.#pathOf(id);
    const part = `${path}.part`;
    const file = openSync(part, 'w', 0o600);
    try {
      writeSync(file, JSON.stringify(Object.fromEntries(all)));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(part, path);
  }

  #pathOf(id: ChapterId): string {
    if (!isUuid(id)) throw new Error('A chapter id must be a UUID.');
    return join(this.#dir, `${id}.json`);
  }
}
