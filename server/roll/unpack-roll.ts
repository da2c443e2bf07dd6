import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { ProblemError } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { openRollFile } from './open-roll-file.ts';

/**
 * Writes what an archive holds to `to`, which may be the archive's own path; false: the file is no
 * archive, and nothing was written. Problems: those of openRollFile; nothing half-unpacked stays.
 */
export async function unpackRoll(path: string, to: string): Promise<Result<boolean>> {
  const opened = await openRollFile(path);
  if (!opened.ok) return opened;
  if (opened.value.packed === null) return ok(false);
  const beside = `${to}.part`;
  try {
    await pipeline(opened.value.read(), createWriteStream(beside, { mode: 0o600 }));
    await rename(beside, to);
    return ok(true);
  } catch (error) {
    await rm(beside, { force: true });
    if (error instanceof ProblemError) return fail(error.problem);
    throw error;
  }
}
