import type { BackupFault } from './backup.ts';

/** `GET /v1/archive`: everything of the chapter as one file, to take along. Times in ms since 1970. */
export interface ArchiveState {
  /** It is being made; null: it is not. */
  readonly making: {
    readonly byName: string;
    readonly startedAt: number;
    /** What is being written now, and how many of how many parts are done. */
    readonly part: string;
    readonly done: number;
    readonly of: number;
  } | null;
  /** It lies on the server and can be downloaded; null: none does. */
  readonly ready: {
    readonly byName: string;
    readonly at: number;
    /** Deleted from the server then. */
    readonly until: number;
    readonly file: string;
    /** False: it lies in the data folder of another process, which alone can send it. */
    readonly here: boolean;
    readonly bytes: number;
    /** Rows of all tables together. */
    readonly rows: number;
    readonly sha256: string;
  } | null;
  /** Why the last one was not made; null: none failed. */
  readonly fault: BackupFault | null;
}
