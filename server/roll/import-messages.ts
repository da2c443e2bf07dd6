import type { ChapterId, ImportId } from '#shared/kernel/ids.ts';
import type { Problem } from '#shared/kernel/problem.ts';
import type { RollFlip, RollImport, AppliedMapping } from '#shared/model/roll.ts';

/** Where the chapter is, for a thread that opens it anew. */
export type ImportTarget =
  | { readonly engine: 'sqlite'; readonly path: string }
  | {
      readonly engine: 'postgres';
      readonly url: string;
      readonly chapterId: ChapterId;
      readonly folder: string;
    };

/** What the worker is given when it starts. */
export type RollJob = ImportJob | FlipJob;

/** A roll that waits takes its place, or the one that was kept has it again. */
export interface FlipJob {
  readonly kind: 'flip';
  readonly importId: ImportId;
  readonly target: ImportTarget;
  readonly flip: RollFlip;
  /** The member who asked for it; null: nobody by name. */
  readonly by: string | null;
}

/** A voter file is read. */
export interface ImportJob {
  readonly kind: 'import';
  readonly importId: ImportId;
  readonly target: ImportTarget;
  readonly path: string;
  readonly mapping: AppliedMapping;
  /** Voting-activity files that belong to the roll. */
  readonly historyPaths: readonly string[];
  readonly today: string;
  /** Takes the place of the roll that stands without waiting. */
  readonly atOnce: boolean;
  /** Where to write where each record was placed; null: nowhere. */
  readonly placements: string | null;
}

export interface ImportProgress {
  readonly step: NonNullable<RollImport['step']>;
  readonly rowsRead: number;
  readonly bytesRead: number;
}

/** How a job ends that did not fail; `flipped`: all but the last note of it is done. */
export type Outcome = 'flipped' | 'ready' | 'cancelled';

/** From the worker. `turn` asks to write, `turn-over` says that the write is committed. */
export type FromWorker =
  | { readonly kind: 'turn' | 'turn-over' | Outcome }
  | { readonly kind: 'progress'; readonly progress: ImportProgress }
  | { readonly kind: 'failed'; readonly problem: Problem };

/** To the worker. `go` grants the turn that it asked for. */
export type ToWorker = { readonly kind: 'go' | 'cancel' };
