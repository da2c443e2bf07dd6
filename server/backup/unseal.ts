import { rm } from 'node:fs/promises';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { copyDatabase } from '../chapter/stage-backup.ts';
import { isSealed, NotOpenedError, openSealed } from './seal-file.ts';

/**
 * A backup as a database at `to`, in a folder for unsealed copies: opened with the secret where it is
 * sealed, else copied. Problems: backup-key-missing, backup-key-wrong, backup-refused.
 */
export async function unseal(
  file: string,
  secret: string | null,
  to: string,
): Promise<Result<{ readonly path: string; readonly sealed: boolean }>> {
  if (!(await isSealed(file))) {
    copyDatabase(file, to);
    return ok({ path: to, sealed: false });
  }
  if (secret === null) return fail(problem('backup-key-missing'));
  try {
    await openSealed(file, to, secret);
    return ok({ path: to, sealed: true });
  } catch (error) {
    await rm(to, { force: true });
    if (!(error instanceof NotOpenedError)) throw error;
    if (error.reason === 'key') return fail(problem('backup-key-wrong'));
    return fail(problem('backup-refused', { reason: 'it is damaged, or not all of it is here' }));
  }
}
