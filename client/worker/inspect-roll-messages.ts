import type { Problem } from '../../shared/kernel/problem.ts';
import type { RollInspection } from '../../shared/model/roll.ts';

/** What a look through a whole file counts. Lines are numbered from 1, the header included. */
export interface RollCounts {
  readonly rows: number;
  /** Rows with more or fewer cells than the header. */
  readonly ragged: number;
  /** The first of them. */
  readonly raggedLines: readonly number[];
}

export type InspectMessage =
  | { readonly kind: 'progress'; readonly bytes: number; readonly counts: RollCounts }
  /** The columns are known long before a large file is read to its end. */
  | { readonly kind: 'columns'; readonly inspection: RollInspection }
  | { readonly kind: 'done'; readonly counts: RollCounts }
  | { readonly kind: 'problem'; readonly problem: Problem };
