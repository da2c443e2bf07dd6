import { copyFileSync, existsSync, linkSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { RandomBytes } from '#shared/kernel/random.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import { renoteHead } from '../audit/renote-head.ts';
import { syncFile, syncPath } from '../store/backup-file.ts';
import { HighWater, readMark } from '../store/high-water.ts';
import { hasLog, makeWhole } from '../store/make-whole.ts';
import { SqliteChapterDb } from '../store/sqlite-chapter-db.ts';
import type { SqliteRegistry } from '../store/sqlite-registry.ts';
import {
  copyDatabase,
  listRestored,
  prepareStaged,
  readPresent,
  refuse,
  type Restored,
  stageBackup,
} from './stage-backup.ts';

interface Means {
  readonly registry: SqliteRegistry;
  readonly clock: () => number;
  readonly random: RandomBytes;
}

/** A name beside the database that nothing has yet. */
function nameBeside(path: string): string {
  const first = `${path}.before-restore`;
  if (!existsSync(first)) return first;
  for (let i = 2; ; i++) if (!existsSync(`${first}-${i}`)) return `${first}-${i}`;
}

/** Makes the present database one file, which only who is alone with it can. */
function isAlone(path: string): boolean {
  try {
    makeWhole(path);
    return true;
  } catch {
    return false;
  }
}

/**
 * Puts the new file in the place of the present one, which stays beside it. Killed at any moment, one
 * of the two is there, whole; only what is damaged already may lose its log to the copy of it.
 */
function swap(fresh: string, path: string): string | null {
  const kept = existsSync(path) ? nameBeside(path) : null;
  if (kept !== null) {
    // Damaged: what is in its log stays beside, as it is.
    if (hasLog(path)) copyFileSync(`${path}-wal`, `${kept}-wal`);
    linkSync(path, kept);
    syncFile(kept);
  }
  // Another database's log must not be there when the new one gets its name.
  for (const end of ['-wal', '-shm']) rmSync(path + end, { force: true });
  syncPath(dirname(path));
  renameSync(fresh, path);
  syncFile(path);
  return kept;
}

/**
 * Puts a backup in the place of its chapter's database, or adds its chapter when it is not here. The
 * file stays untouched: a copy is checked, brought to this version's schema and given a new
 * incarnation, without which nothing is put in place; so every phone that comes back sends again
 * what it still has (P9). Facts that have changed in the file are kept aside, held as damaged, and
 * are new when a phone brings them again. What was there before stays beside. No server may hold the
 * data folder meanwhile. Problems: backup-refused, slug-taken, not-valid; then nothing changed.
 */
export async function restoreChapter(
  file: string,
  wish: { readonly slug: string | null },
  own: Means,
): Promise<Result<Restored>> {
  const { registry } = own;
  const means = { ...own, dataDir: registry.dataDir };
  return stageBackup(file, wish, means, async (staged) => {
    const { facts, slug, path: copy, before, fresh } = staged;
    const { id: chapterId, name } = facts;
    const path = registry.fileOf(chapterId);
    if (existsSync(path)) copyDatabase(path, before);
    // What is open here may keep its locks for a while, so nothing here opens what stays.
    const mark = existsSync(path) ? await readPresent(chapterId, before) : null;
    const prepared = await prepareStaged(staged, mark === null ? null : before, means);
    if (!prepared.ok) return prepared;
    makeWhole(copy);
    copyFileSync(copy, fresh);
    syncPath(fresh);
    const high = new HighWater(registry.dataDir);
    if (mark !== null) {
      high.note(chapterId, mark);
      if (!isAlone(path)) return refuse('another program has the chapter’s database open');
    }
    const keptAs = swap(fresh, path);
    const db = await listRestored(staged, means, () => SqliteChapterDb.open(chapterId, path));
    high.note(chapterId, await readMark(db));
    await renoteHead(db, registry, own.clock());
    return ok({ chapterId, slug, name, ...prepared.value, backup: facts, keptAs });
  });
}
