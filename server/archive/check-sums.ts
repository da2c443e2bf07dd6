import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { problem, type Problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { markFile } from '../backup/seal-file.ts';

export const SUMS = 'SHA256SUMS';
const LINE = /^([0-9a-f]{64}) [ *]([A-Za-z0-9][\w./-]{0,200})$/;

const refuse = (reason: string): { readonly ok: false; readonly problem: Problem } =>
  fail(problem('backup-refused', { reason }));

/**
 * Reads every file of an archive against its sum. Files that were added beside them do not count.
 * Problems: backup-refused, with the first that is not as it was.
 */
export async function checkSums(folder: string): Promise<Result<readonly string[]>> {
  const list = join(folder, SUMS);
  if (!existsSync(list)) return refuse(`the folder has no ${SUMS}: it is no archive`);
  const files: string[] = [];
  for (const line of readFileSync(list, 'utf8').split('\n')) {
    if (line === '') continue;
    const [, sum, name] = LINE.exec(line) ?? [];
    if (sum === undefined || name === undefined || name.includes('..')) {
      return refuse(`${SUMS} has a line that names no file`);
    }
    const path = join(folder, name);
    if (!existsSync(path)) return refuse(`${name} is missing from the archive`);
    if ((await markFile(path)).sha256 !== sum) {
      return refuse(`${name} is not as it was when the archive was written`);
    }
    files.push(name);
  }
  return files.includes('chapter.db') ? ok(files) : refuse('the archive has no chapter.db');
}
