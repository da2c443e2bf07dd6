import type { ChapterId, ImportId } from '#shared/kernel/ids.ts';
import type { Problem } from '#shared/kernel/problem.ts';
import type { ImportReport, RollImport, RollMapping } from '#shared/model/roll.ts';

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
export interface ImportJob {
  readonly importId: ImportId;
  readonly target: ImportTarget;
  readonly path: string;
  readonly mapping: RollMapping;
  /** Voting-activity files that belong to the roll. */
  readonly historyPaths: readonly string[];
  readonly today: string;
}

export interface ImportProgress {
  readonly step: NonNullable<RollImport['step']>;
  readonly rowsRead: number;
  readonly bytesRead: number;
}

/** From the worker. `turn` asks to write, `turn-over` says that the write is committed. */
export type FromWorker =
  | { readonly kind: 'turn' | 'turn-over' | 'cancelled' }
  | { readonly kind: 'progress'; readonly progress: ImportProgress }
  | { readonly kind: 'done'; readonly report: ImportReport }
  | { readonly kind: 'failed'; readonly problem: Problem };

/** To the worker. `go` grants the turn that it asked for. */
export type ToWorker = { readonly kind: 'go' | 'cancel' };
