import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ok, type Result } from '#shared/kernel/result.ts';
import { checkSums } from '../archive/check-sums.ts';
import { isZip, unpackArchive } from '../archive/unpack-archive.ts';
import { isSealed } from './seal-file.ts';
import { unseal } from './unseal.ts';
import { openWorkFolder } from './work-folder.ts';

/** A backup or an archive as the database that restores take, until `drop` is called. */
export interface ReadyToRestore {
  readonly path: string;
  drop(): void;
}

async function readyFolder(folder: string, drop: () => void): Promise<Result<ReadyToRestore>> {
  const whole = await checkSums(folder);
  return whole.ok ? ok({ path: join(folder, 'chapter.db'), drop }) : whole;
}

/**
 * Opens what a chapter is to be put back from: a database as it is, a sealed backup with its secret
 * in a folder that is gone afterwards, an archive, unpacked or as one ZIP, by its own sums. Problems: backup-key-missing,
 * backup-key-wrong, backup-refused.
 */
export async function readyToRestore(
  from: string,
  secret: string | null,
  dataDir: string,
): Promise<Result<ReadyToRestore>> {
  if (statSync(from).isDirectory()) return readyFolder(from, () => {});
  if (await isZip(from)) {
    const work = openWorkFolder(dataDir);
    const folder = join(work.path, 'archive');
    mkdirSync(folder, { mode: 0o700 });
    const unpacked = await unpackArchive(from, folder);
    const ready = unpacked.ok ? await readyFolder(folder, () => work.drop()) : unpacked;
    if (!ready.ok) work.drop();
    return ready;
  }
  if (!(await isSealed(from))) return ok({ path: from, drop() {} });
  const work = openWorkFolder(dataDir);
  const opened = await unseal(from, secret, join(work.path, 'opened.db'));
  if (opened.ok) return ok({ path: opened.value.path, drop: () => work.drop() });
  work.drop();
  return opened;
}
