import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChapterDb } from '../store/chapter-db.ts';
import { chooseKept } from './choose-kept.ts';

/** Failed ones are told of for so long. */
const BAD_FOR = 90 * 24 * 3_600_000;

/**
 * Lets go of backups that are no longer kept, the file first, so that no file is ever left that
 * nobody knows of. The audit chain remembers them all.
 */
export async function pruneBackups(db: ChapterDb, folder: string, now: number): Promise<void> {
  const rows = await db.read
    .selectFrom('backups')
    .select(['key', 'at', 'file', 'state'])
    .where('kind', '!=', 'drill')
    .where('state', '!=', 'running')
    .execute();
  const kept = chooseKept(
    rows.filter((row) => row.state === 'good').map((row) => row.at),
    now,
  );
  const due = rows.filter((row) =>
    row.state === 'good' ? !kept.has(row.at) : row.at <= now - BAD_FOR,
  );
  for (const { key, file } of due) {
    await rm(join(folder, file), { force: true });
    await db.write((trx) => trx.deleteFrom('backups').where('key', '=', key).execute());
  }
}
