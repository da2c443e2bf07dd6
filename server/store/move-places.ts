import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ChapterId } from '#shared/kernel/ids.ts';
import {
  copyTables,
  findDifferences,
  sumTables,
  type TableName,
  type TableSum,
  withoutNul,
} from './copy-tables.ts';
import { fillFile, fillSchema } from './fill-chapter.ts';
import { PostgresChapterDb, schemaOf } from './postgres-chapter-db.ts';
import type { PostgresServer } from './postgres-server.ts';
import { SqliteChapterDb } from './sqlite-chapter-db.ts';
import type { ChapterDb } from './chapter-db.ts';
import { makeWhole } from './make-whole.ts';

/** Where a chapter is or goes: a data folder, or a PostgreSQL server. */
export type MovePlace =
  | { readonly engine: 'sqlite'; readonly name: 'sqlite'; readonly path: string }
  | {
      readonly engine: 'postgres';
      readonly name: string;
      readonly server: PostgresServer;
      readonly folder: string;
    };

/** Says that two copies of a chapter are not the same; nothing was moved then. */
export class CopyDiffersError extends Error {
  constructor(tables: readonly TableName[]) {
    super(`The copy differs from the chapter in ${tables.join(', ')}.`);
  }
}

const ENDS = ['', '-wal', '-shm', '-journal'];
const movedFile = (path: string): string => `${path}.moved`;
const movedSchema = (id: ChapterId): string => `moved_${schemaOf(id)}`;
const movingFile = (path: string): string => `${path}.moving`;
const movingSchema = (id: ChapterId): string => `moving_${schemaOf(id)}`;

async function hasSchema(server: PostgresServer, schema: string): Promise<boolean> {
  const rows = await server.use('pg_catalog', (session) =>
    session.query('select 1 from pg_namespace where nspname = $1', [schema]),
  );
  return rows.length > 0;
}

/** True when the chapter's database is there under its own name. */
export async function isThere(id: ChapterId, place: MovePlace): Promise<boolean> {
  if (place.engine === 'sqlite') return existsSync(place.path);
  return hasSchema(place.server, schemaOf(id));
}

export async function openThere(id: ChapterId, place: MovePlace): Promise<ChapterDb> {
  if (place.engine === 'sqlite') return SqliteChapterDb.open(id, place.path);
  return PostgresChapterDb.open(id, place.server, place.folder);
}

/** Takes away the copy that a move has left which broke off. */
async function clearCopy(id: ChapterId, goal: MovePlace): Promise<void> {
  if (goal.engine === 'sqlite') {
    for (const end of ENDS) rmSync(movingFile(goal.path) + end, { force: true });
    return;
  }
  await goal.server.use('pg_catalog', (session) =>
    session.exec(`drop schema if exists ${movingSchema(id)} cascade`),
  );
}

/**
 * Copies to where nobody looks for the chapter and compares, table by table, what was read and what
 * is there now. Under the chapter's own name a server that knows no better could write to half of it.
 */
async function copyTo(
  source: ChapterDb,
  goal: MovePlace,
): Promise<ReadonlyMap<TableName, TableSum>> {
  const { id } = source;
  await clearCopy(id, goal);
  const snapshot = await source.openSnapshot();
  let sums: ReadonlyMap<TableName, TableSum> = new Map();
  const take = async (sink: Parameters<typeof copyTables>[1]): Promise<void> => {
    sums = await copyTables(snapshot.db, sink, goal.engine === 'sqlite' ? withoutNul : undefined);
  };
  const copy =
    goal.engine === 'sqlite'
      ? await SqliteChapterDb.open(id, movingFile(goal.path))
      : await PostgresChapterDb.make(id, goal.server, goal.folder, movingSchema(id));
  try {
    if (copy.engine === 'sqlite') await fillFile(copy, take);
    else await fillSchema(copy, take);
    const differences = findDifferences(sums, await sumTables(copy.read));
    if (differences.length > 0) throw new CopyDiffersError(differences);
    return sums;
  } finally {
    await copy.close();
    await snapshot.close();
  }
}

/**
 * Moves a chapter's database: nobody writes to it while it is copied, the copy is compared, and only
 * then is the source put under another name, under the same lock, so that no fact is ever written to
 * it again. The copy gets its own name last: there is never a moment at which both can be written to.
 */
export async function moveDatabase(
  source: ChapterDb,
  from: MovePlace,
  goal: MovePlace,
): Promise<ReadonlyMap<TableName, TableSum>> {
  const { id } = source;
  const copy = async (): Promise<ReadonlyMap<TableName, TableSum>> => {
    const sums = await copyTo(source, goal);
    if (goal.engine === 'sqlite') makeWhole(movingFile(goal.path));
    return sums;
  };
  let sums: ReadonlyMap<TableName, TableSum>;
  if (source.engine === 'postgres') {
    sums = await source.exclusive(async (session) => {
      const copied = await copy();
      await session.exec(`alter schema ${source.schema} rename to ${movedSchema(id)}`);
      return copied;
    });
  } else {
    sums = await source.exclusive(async (sqlite) => {
      sqlite.exec('begin immediate');
      try {
        return await copy();
      } finally {
        sqlite.exec('rollback');
      }
    });
    await source.close();
    // Brings what is still in the log into the file, which then stands alone.
    makeWhole(source.path);
    for (const end of ENDS) {
      if (existsSync(source.path + end)) {
        renameSync(source.path + end, movedFile(source.path) + end);
      }
    }
  }
  await finishMove(id, from, goal);
  return sums;
}

/** Whether the source was put aside, which is done only once the copy has been compared. */
async function isAside(id: ChapterId, place: MovePlace): Promise<boolean> {
  if (place.engine === 'sqlite') return existsSync(movedFile(place.path));
  return hasSchema(place.server, movedSchema(id));
}

/** Gives the copy the chapter's own name, if that is what a move still lacks. */
export async function finishMove(id: ChapterId, from: MovePlace, goal: MovePlace): Promise<void> {
  if ((await isThere(id, goal)) || (await isThere(id, from)) || !(await isAside(id, from))) return;
  if (goal.engine === 'sqlite') {
    const copy = movingFile(goal.path);
    if (!existsSync(copy)) return;
    for (const end of ENDS.slice(1)) rmSync(copy + end, { force: true });
    renameSync(copy, goal.path);
    return;
  }
  if (!(await hasSchema(goal.server, movingSchema(id)))) return;
  await goal.server.use('pg_catalog', (session) =>
    session.exec(`alter schema ${movingSchema(id)} rename to ${schemaOf(id)}`),
  );
}

/** What the source is called once it has been moved, for people. */
export function nameOfMoved(id: ChapterId, place: MovePlace): string {
  if (place.engine === 'sqlite') return movedFile(place.path);
  return `the schema ${movedSchema(id)}`;
}

/** Takes an earlier source of a move out of the way of the next one. */
export async function clearMoved(id: ChapterId, place: MovePlace): Promise<void> {
  if (place.engine === 'sqlite') {
    for (const end of ENDS) rmSync(movedFile(place.path) + end, { force: true });
    return;
  }
  await place.server.use('pg_catalog', (session) =>
    session.exec(`drop schema if exists ${movedSchema(id)} cascade`),
  );
}

/** The place of a chapter in a data folder. */
export function fileIn(dataDir: string, id: ChapterId): MovePlace {
  return { engine: 'sqlite', name: 'sqlite', path: join(dataDir, 'chapters', `${id}.db`) };
}
