import { randomBytes } from 'node:crypto';
import type { ChapterId } from '#shared/kernel/ids.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { PostgresChapterDb } from '../../server/store/postgres-chapter-db.ts';
import { PostgresServer } from '../../server/store/postgres-server.ts';
import { SqliteChapterDb } from '../../server/store/sqlite-chapter-db.ts';

/** True in the suites that run on PostgreSQL. */
export const onPostgres = process.env['TEST_ENGINE'] === 'postgres';

/** The cluster that the suite started; see cluster.ts. */
function clusterUrl(): string {
  const url = process.env['TEST_DATABASE_URL'];
  if (url === undefined) throw new Error('There is no PostgreSQL for this suite.');
  return url;
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

/** A new empty database; gives its address. It goes with the cluster. */
export async function makeDatabase(): Promise<string> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  const server = await PostgresServer.open('main', clusterUrl(), 1);
  await server.use('pg_catalog', (session) => session.exec(`create database ${name}`));
  await server.close();
  return withDatabase(clusterUrl(), name);
}

let own: Promise<PostgresServer> | null = null;

/** A server with a database of this test file's own. */
export function testServer(): Promise<PostgresServer> {
  own ??= makeDatabase().then((url) => PostgresServer.open('main', url));
  return own;
}

/** Opens or makes a chapter without a registry, on the suite's engine. */
export async function openTestChapter(id: ChapterId, path: string): Promise<ChapterDb> {
  if (!onPostgres) return SqliteChapterDb.open(id, path);
  return PostgresChapterDb.make(id, await testServer(), `${path}.files`);
}

/** Takes a chapter that openTestChapter made away again. */
export async function dropTestChapter(db: ChapterDb): Promise<void> {
  await db.close();
  if (db.engine !== 'postgres') return;
  await db.server.use('pg_catalog', (session) => session.exec(`drop schema ${db.schema} cascade`));
}
