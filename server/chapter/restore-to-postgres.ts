import { join } from 'node:path';
import type { ChapterId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import type { RandomBytes } from '#shared/kernel/random.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { renoteHead } from '../audit/renote-head.ts';
import { copyToFile } from '../store/copy-to-file.ts';
import { HighWater, type Mark, readMark } from '../store/high-water.ts';
import { makeWhole } from '../store/make-whole.ts';
import { PostgresChapterDb } from '../store/postgres-chapter-db.ts';
import type { PostgresRegistry } from '../store/postgres-registry.ts';
import { type SchemaPlace, swapSchema } from '../store/schema-swap.ts';
import { listRestored, prepareStaged, type Restored, stageBackup } from './stage-backup.ts';

interface Means {
  readonly registry: PostgresRegistry;
  readonly dataDir: string;
  readonly clock: () => number;
  readonly random: RandomBytes;
}

/** Copies what is there now to a file, and says how far it had come; null when it cannot be read. */
async function copyPresent(
  id: ChapterId,
  { server, folder }: SchemaPlace,
  to: string,
): Promise<Mark | null> {
  try {
    // Opening changes nothing where the schema is this version's; it was brought there before.
    const db = await PostgresChapterDb.open(id, server, folder);
    const mark = await readMark(db);
    await copyToFile(db, to);
    return mark;
  } catch {
    return null;
  }
}

/**
 * Puts a backup in the place of its chapter's schema on PostgreSQL, on the server where the chapter
 * lives, or adds its chapter to the main server. The same promises as for a file: a new incarnation,
 * nothing revoked is undone, damaged facts are kept aside. What was there keeps its rows under
 * another name. Servers may go on: whoever pushes meanwhile waits or is asked to come back. Killed at
 * any moment it can be run again. Problems: backup-refused, slug-taken, not-valid, import-running.
 */
export async function restoreToPostgres(
  file: string,
  wish: { readonly slug: string | null },
  means: Means,
): Promise<Result<Restored>> {
  const { registry, dataDir } = means;
  return stageBackup(file, wish, means, async (staged) => {
    const { facts, slug, path, before } = staged;
    const { id: chapterId, name } = facts;
    const server = await registry.server((await registry.serverOf(chapterId)) ?? 'main');
    const place = { server, folder: join(dataDir, 'chapters') };
    const release = await server.claim(`${chapterId} importing`);
    if (release === null) return fail(problem('import-running'));
    try {
      // Brought to this version's schema while nobody holds its lock yet; one that cannot be is read
      // no further, and stays under its other name.
      await registry.openChapter(chapterId).catch(() => null);
      const high = new HighWater(dataDir);
      const put = await swapSchema(chapterId, place, async (isThere) => {
        const mark = isThere ? await copyPresent(chapterId, place, before) : null;
        if (mark !== null) high.note(chapterId, mark);
        const prepared = await prepareStaged(staged, mark === null ? null : before, means);
        if (!prepared.ok) return prepared;
        makeWhole(path);
        return ok({ ...prepared.value, file: path });
      });
      if (!put.ok) return put;
      const { incarnation, carried, damaged, keptAs } = put.value;
      const db = await listRestored(staged, means, () =>
        PostgresChapterDb.open(chapterId, server, place.folder),
      );
      high.note(chapterId, await readMark(db));
      await renoteHead(db, registry, means.clock());
      const done = { incarnation, carried, damaged, keptAs };
      return ok({ chapterId, slug, name, backup: facts, ...done });
    } finally {
      await release();
    }
  });
}
