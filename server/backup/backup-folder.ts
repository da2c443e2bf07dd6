import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Ports } from '../ports.ts';
import { isSlug } from '../store/registry.ts';

/** Where the backups of all chapters are: BACKUP_DIR, else in the data folder. */
export function backupRoot({
  backupDir,
  dataDir,
}: Pick<Ports['config'], 'backupDir' | 'dataDir'>): string {
  return backupDir === undefined ? join(dataDir, 'backups') : resolve(backupDir);
}

/** The folder of one chapter. Only what is a short name ever becomes part of a path. */
export function backupFolder(
  config: Pick<Ports['config'], 'backupDir' | 'dataDir'>,
  slug: string,
): string {
  if (!isSlug(slug)) throw new Error('A chapter without a short name has no folder.');
  return join(backupRoot(config), slug);
}

/** The folder, made where it was not, for nobody else's eyes. */
export function makeBackupFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}

/** A backup's name: its chapter and its moment, in the order of time. */
export function nameBackup(slug: string, at: number): string {
  const moment = new Date(at).toISOString().slice(0, 19).replaceAll(':', '-');
  return `${slug}-${moment}Z.db.age`;
}

/** Removes what was being written to a chapter's folder when somebody was killed. */
export function sweepParts(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    if (name.endsWith('.db.age.part')) rmSync(join(folder, name), { force: true });
  }
}
