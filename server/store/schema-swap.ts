import type { ChapterId } from '#shared/kernel/ids.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import { copyTables, findDifferences, sumTables } from './copy-tables.ts';
import { fillSchema } from './fill-chapter.ts';
import { CopyDiffersError } from './move-places.ts';
import { PostgresChapterDb, schemaOf } from './postgres-chapter-db.ts';
import { lockKey, type PostgresServer } from './postgres-server.ts';
import type { PostgresSession } from './postgres-session.ts';
import { SqliteChapterDb } from './sqlite-chapter-db.ts';

/** Where a chapter's schema is, and the folder of its files. */
export interface SchemaPlace {
  readonly server: PostgresServer;
  readonly folder: string;
}

const comingSchema = (id: ChapterId): string => `restoring_${schemaOf(id)}`;

async function hasSchema(session: PostgresSession, schema: string): Promise<boolean> {
  const found = await session.query('select 1 from pg_namespace where nspname = $1', [schema]);
  return found.length > 0;
}

async function nameBeside(session: PostgresSession, id: ChapterId): Promise<string> {
  const first = `before_restore_${schemaOf(id)}`;
  if (!(await hasSchema(session, first))) return first;
  for (let i = 2; ; i++) if (!(await hasSchema(session, `${first}_${i}`))) return `${first}_${i}`;
}

async function drop(server: PostgresServer, schema: string): Promise<void> {
  await server.use('pg_catalog', (session) =>
    session.exec(`drop schema if exists ${schema} cascade`),
  );
}

async function fill(id: ChapterId, file: string, copy: PostgresChapterDb): Promise<void> {
  const source = await SqliteChapterDb.open(id, file);
  try {
    let sums: Awaited<ReturnType<typeof copyTables>> = new Map();
    await fillSchema(copy, async (sink) => {
      sums = await copyTables(source.read, sink);
    });
    const differences = findDifferences(sums, await sumTables(copy.read));
    if (differences.length > 0) throw new CopyDiffersError(differences);
  } finally {
    await source.close();
  }
}

/**
 * Puts a file in the place of a chapter's schema, which keeps its rows under another name. All of it
 * happens under the chapter's lock: nobody writes to what is going, from before `prepare` is called
 * until the new schema has the chapter's name. Both names change in one commit, so that whoever is
 * killed before it has changed nothing but a copy that nobody looks for, which the next one drops.
 * `prepare` gets whether the chapter is there and gives the file; its problem leaves everything as it
 * is. `keptAs` names what was there; null when there was nothing.
 */
export async function swapSchema<T extends { readonly file: string }>(
  id: ChapterId,
  place: SchemaPlace,
  prepare: (isThere: boolean) => Promise<Result<T>>,
): Promise<Result<T & { readonly keptAs: string | null }>> {
  const { server, folder } = place;
  const coming = comingSchema(id);
  await drop(server, coming);
  // Its tables are made before: making them takes the same lock.
  const copy = await PostgresChapterDb.make(id, server, folder, coming);
  try {
    return await server.use('pg_catalog', async (session) => {
      await session.beginUnderLock(lockKey(id));
      const isThere = await hasSchema(session, schemaOf(id));
      const prepared = await prepare(isThere);
      if (!prepared.ok) {
        await session.rollback();
        return prepared;
      }
      await fill(id, prepared.value.file, copy);
      const keptAs = isThere ? await nameBeside(session, id) : null;
      if (keptAs !== null) await session.exec(`alter schema ${schemaOf(id)} rename to ${keptAs}`);
      await session.exec(`alter schema ${coming} rename to ${schemaOf(id)}`);
      await session.commit();
      return ok({ ...prepared.value, keptAs });
    });
  } finally {
    // Under this name only what was not put in place is left.
    await drop(server, coming);
  }
}
