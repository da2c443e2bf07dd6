import type { Problem } from '#shared/kernel/problem.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { ArchiveJob, ArchiveProgress, MadeArchive } from '../archive/make-archive.ts';
import type { CopyEnd, CopyJob } from './make-copy.ts';
import type { VerifiedBackup } from './verify-backup.ts';

/** What takes seconds to minutes of a processor, done in a thread of its own. */
export type BackupTask =
  | { readonly kind: 'copy'; readonly job: CopyJob }
  | { readonly kind: 'archive'; readonly job: ArchiveJob }
  | {
      readonly kind: 'verify';
      readonly file: string;
      readonly secret: string | null;
      readonly folder: string;
    };

export type BackupTaskEnd =
  | { readonly kind: 'copy'; readonly end: CopyEnd }
  | { readonly kind: 'archive'; readonly made: MadeArchive }
  | { readonly kind: 'verify'; readonly end: Result<VerifiedBackup, Problem> }
  | { readonly kind: 'failed'; readonly message: string; readonly full: boolean };

/** What a task says on its way. */
export interface BackupTaskProgress {
  readonly kind: 'progress';
  readonly progress: ArchiveProgress;
}
