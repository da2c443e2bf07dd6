import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImportId } from '#shared/kernel/ids.ts';
import { dayIn } from '#shared/kernel/instant.ts';
import type { RollImport, AppliedMapping } from '#shared/model/roll.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { ImportJob } from './import-messages.ts';
import { dropUpload, type Upload, uploadsDir } from './upload.ts';

/** The upload of these bytes that this server keeps; null: it has none. */
async function findKept(db: ChapterDb, sha256: string): Promise<string | null> {
  const dir = uploadsDir(db);
  const names = await readdir(dir).catch(() => []);
  for (const name of names.filter((one) => one.endsWith('.json'))) {
    const text = await readFile(join(dir, name), 'utf8').catch(() => '{}');
    const upload = JSON.parse(text) as Partial<Upload>;
    if (upload.sha256 === sha256) return join(dir, name.slice(0, -'.json'.length));
  }
  return null;
}

/** An import to be begun once more, and what to do when it is over. */
export interface ResumedJob {
  readonly job: Omit<ImportJob, 'target'>;
  readonly over: (ended: RollImport) => Promise<void>;
}

/** The job of an import that broke off, out of its kept upload; null when that is not here. */
export async function resumedJob(
  db: ChapterDb,
  importId: ImportId,
  now: number,
): Promise<ResumedJob | null> {
  const row = await db.read
    .selectFrom('imports')
    .select(['sha256', 'mapping', 'at_once'])
    .where('id', '=', importId)
    .executeTakeFirstOrThrow();
  const path = await findKept(db, row.sha256);
  if (path === null) return null;
  const { time_zone: zone } = await db.read
    .selectFrom('chapter')
    .select('time_zone')
    .executeTakeFirstOrThrow();
  const job = {
    kind: 'import' as const,
    importId,
    path,
    mapping: JSON.parse(row.mapping) as AppliedMapping,
    historyPaths: [],
    today: dayIn(now, zone),
    atOnce: row.at_once === 1,
    placements: null,
  };
  const over = ({ state }: RollImport): Promise<void> =>
    state === 'done' || state === 'ready' ? dropUpload(path) : Promise.resolve();
  return { job, over };
}
