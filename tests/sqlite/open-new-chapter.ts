import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChapterId, makeId } from '#shared/kernel/ids.ts';
import { emptyLog } from '../../server/store/sqlite.ts';
import { SqliteChapterDb } from '../../server/store/sqlite-chapter-db.ts';

/** The file of a chapter that nobody has stamped yet, with the schema of this version. */
async function makeEmpty(): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'homeground-empty-'));
  const path = join(folder, 'chapter.db');
  const id = makeId<ChapterId>(0, (length) => new Uint8Array(length));
  await (await SqliteChapterDb.open(id, path)).close();
  emptyLog(path);
  const bytes = readFileSync(path);
  rmSync(folder, { recursive: true, force: true });
  return bytes;
}

let empty: Promise<Buffer> | null = null;

/** Opens a new chapter at a path where nothing is. The schema is made once a process, then copied. */
export async function openNewChapter(id: ChapterId, path: string): Promise<SqliteChapterDb> {
  empty ??= makeEmpty();
  writeFileSync(path, await empty, { flag: 'wx', mode: 0o600 });
  return SqliteChapterDb.open(id, path);
}
