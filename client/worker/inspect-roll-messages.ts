import type { Problem } from '../../shared/kernel/problem.ts';
import type { RollInspection } from '../../shared/model/roll.ts';
import type { ReadingChoice } from '../../shared/roll/inspect-text.ts';
import type { SurveyedProblem } from '../../shared/roll/survey-file.ts';

/** A file to look through, and what somebody knows better about how it is written. */
export interface InspectOrder {
  readonly file: File;
  readonly choice: ReadingChoice;
  /** The chapter's day, `YYYY-MM-DD`. */
  readonly today: string;
}

/** What a look through a whole file counts. */
export interface RollCounts {
  readonly rows: number;
  /** Rows that will be taken into the roll as their columns are read now. */
  readonly taken: number;
  /** What is wrong, with lines from 1, the header included. */
  readonly problems: readonly SurveyedProblem[];
}

export type InspectMessage =
  | { readonly kind: 'progress'; readonly bytes: number; readonly counts: RollCounts }
  /** The columns are known long before a large file is read to its end. */
  | { readonly kind: 'columns'; readonly inspection: RollInspection }
  | { readonly kind: 'done'; readonly counts: RollCounts }
  | { readonly kind: 'problem'; readonly problem: Problem };
