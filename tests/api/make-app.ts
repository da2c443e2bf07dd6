import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MemberId } from '#shared/kernel/ids.ts';
import { seededBytes, seededDice } from '#shared/kernel/random.ts';
import type { Role } from '#shared/model/role.ts';
import { type AppOptions, buildApp } from '../../server/app.ts';
import type { Config } from '../../server/config.ts';
import { createChapter } from '../../server/chapter/create-chapter.ts';
import { openSession } from '../../server/chapter/sessions.ts';
import { addMember } from '../../server/chapter/staff-links.ts';
import type { App } from '../../server/plugins/app-type.ts';
import type { RouteEntry } from '../../server/plugins/route-list.ts';
import type { Ports } from '../../server/ports.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { PostgresRegistry } from '../../server/store/postgres-registry.ts';
import type { Registry } from '../../server/store/registry.ts';
import { SqliteRegistry } from '../../server/store/sqlite-registry.ts';
import { openNewChapter } from '../sqlite/open-new-chapter.ts';
import { makeDatabase, onPostgres } from '../postgres/test-server.ts';

/** Saturday, 4 October 2025, 10:00 in New York. */
export const START = Date.UTC(2025, 9, 4, 14);

export interface TestApp {
  readonly app: App;
  readonly ports: Ports;
  readonly routes: readonly RouteEntry[];
  /** The server's clock, moved by hand. */
  readonly time: { now: number };
  /** A new chapter with a database of its own. */
  makeChapter(slug: string): Promise<ChapterDb>;
  /** A member who has come in by a passkey: the headers of their requests. */
  staff(db: ChapterDb, role: Role): Promise<{ headers: { cookie: string }; memberId: MemberId }>;
  close(): Promise<void>;
}

/** A run of the server on a folder that is there before it and stays after it. */
export interface Rerun {
  readonly dataDir: string;
  /** Another one for each run: no two make the same ids. */
  readonly seed: number;
}

/** The database of each data folder: runs on the same folder share it. */
const urls = new Map<string, string>();

async function findDatabases(dataDir: string): Promise<ReadonlyMap<string, string>> {
  if (!onPostgres) return new Map();
  const url = urls.get(dataDir) ?? (await makeDatabase());
  urls.set(dataDir, url);
  return new Map([['main', url]]);
}

/** Files of which each new one gets its schema as a copy. */
function openFiles(dataDir: string): Registry {
  const registry = SqliteRegistry.open(dataDir);
  registry.makeChapter = (id) => openNewChapter(id, registry.fileOf(id));
  return registry;
}

/** The app as in production, on a folder of its own, with a clock that stands still. */
export async function makeApp(
  rerun: Rerun | null = null,
  settings: Partial<Config> = {},
  logger: AppOptions['logger'] = false,
): Promise<TestApp> {
  const dataDir = rerun?.dataDir ?? mkdtempSync(join(tmpdir(), 'homeground-api-'));
  const time = { now: START };
  const databases = await findDatabases(dataDir);
  const registry =
    databases.size === 0 ? openFiles(dataDir) : await PostgresRegistry.open(databases, dataDir);
  const config = {
    port: 0,
    host: '127.0.0.1',
    dataDir,
    publicUrl: 'http://localhost:8080',
    secureCookies: false,
    databases,
    clientDir: null,
    ...settings,
  };
  const random = seededBytes(seededDice(rerun?.seed ?? 7));
  const { app, ports, routes } = await buildApp({
    config,
    registry,
    clock: () => time.now,
    random,
    logger,
  });
  await app.ready();

  return {
    app,
    ports,
    routes,
    time,
    async makeChapter(slug) {
      const wish = {
        slug,
        name: slug,
        timeZone: 'America/New_York',
        campaign: 'Spring',
        demo: false,
      };
      const made = await createChapter(wish, ports);
      if (!made.ok) throw new Error(made.problem.code);
      return made.value.db;
    },
    async staff(db, role) {
      const memberId = await addMember(db, { name: `The ${role}`, role }, ports);
      const { token } = await db.write(async (trx) => {
        const who = { chapterId: db.id, memberId, how: 'passkey' } as const;
        const session = await openSession(trx, who, ports);
        // However the clock is moved: what asks for the passkey again has tests of its own.
        const long = { asked_at: time.now + 3650 * 24 * 3_600_000 };
        await trx.updateTable('sessions').set(long).where('member_id', '=', memberId).execute();
        return session;
      });
      return { headers: { cookie: `hg_session=${token}` }, memberId };
    },
    async close() {
      await app.close();
      await registry.close();
      if (rerun === null) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
