import { statSync } from 'node:fs';
import { join } from 'node:path';
import { ok, type Result } from '#shared/kernel/result.ts';
import { checkSums } from '../archive/check-sums.ts';
import { isSealed } from './seal-file.ts';
import { unseal } from './unseal.ts';
import { openWorkFolder } from './work-folder.ts';

/** A backup or an archive as the database that restores take, until `drop` is called. */
export interface ReadyToRestore {
  readonly path: string;
  drop(): void;
}

/**
 * Opens what a chapter is to be put back from: a database as it is, a sealed backup with its secret
 * in a folder that is gone afterwards, an archive by its own sums. Problems: backup-key-missing,
 * backup-key-wrong, backup-refused.
 */
export async function readyToRestore(
  from: string,
  secret: string | null,
  dataDir: string,
): Promise<Result<ReadyToRestore>> {
  if (statSync(from).isDirectory()) {
    const whole = await checkSums(from);
    return whole.ok ? ok({ path: join(from, 'chapter.db'), drop() {} }) : whole;
  }
  if (!(await isSealed(from))) return ok({ path: from, drop() {} });
  const work = openWorkFolder(dataDir);
  const opened = await unseal(from, secret, join(work.path, 'opened.db'));
  if (opened.ok) return ok({ path: opened.value.path, drop: () => work.drop() });
  work.drop();
  return opened;
}
