import { type Kysely, type Migration, sql } from 'kysely';
import * as chapter from './migrations/0001-chapter.ts';
import * as doorOptOuts from './migrations/0002-door-opt-outs.ts';
import * as syncTables from './migrations/0003-sync.ts';
import * as trust from './migrations/0004-trust.ts';
import * as importProgress from './migrations/0005-import-progress.ts';
import * as roll from './migrations/0006-roll.ts';
import * as turf from './migrations/0007-turf.ts';
import * as universe from './migrations/0008-universe.ts';
import * as walk from './migrations/0009-walk.ts';
import * as launch from './migrations/0010-launch.ts';
import * as paper from './migrations/0011-paper.ts';
import * as field from './migrations/0012-field.ts';
import * as tags from './migrations/0013-tags.ts';
import * as promises from './migrations/0014-promises.ts';
import * as shifts from './migrations/0015-shifts.ts';
import * as planSize from './migrations/0016-plan-size.ts';
import * as twinsLanguages from './migrations/0018-twins-languages.ts';
import { runDdl } from './run-ddl.ts';
import type { Tables } from './tables.ts';

/** Every step of the schema for both engines, oldest first; a shipped step never changes again. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-chapter': chapter,
  '0002-door-opt-outs': doorOptOuts,
  '0003-sync': syncTables,
  '0004-trust': trust,
  '0005-import-progress': importProgress,
  '0006-roll': roll,
  '0007-turf': turf,
  '0008-universe': universe,
  '0009-walk': walk,
  '0010-launch': launch,
  '0011-paper': paper,
  '0012-field': field,
  '0013-tags': tags,
  '0014-promises': promises,
  '0015-shifts': shifts,
  '0016-plan-size': planSize,
  '0018-twins-languages': twinsLanguages,
};

const LATEST = Object.keys(MIGRATIONS).at(-1) ?? '';

/** As the first version made them: what lies there already is never made again. */
const BOOKS = [
  `create table if not exists "kysely_migration" ("name" varchar(255) not null primary key, "timestamp" varchar(255) not null)`,
  `create table if not exists "kysely_migration_lock" ("id" varchar(255) not null primary key, "is_locked" integer default 0 not null)`,
  `insert into kysely_migration_lock (id, is_locked) values ('migration_lock', 0) on conflict do nothing`,
];

async function readDone(db: Kysely<Tables>): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  return new Set(rows.map((row) => row.name));
}

/** Most chapters are: opening one must not wait for its writers. */
async function isUpToDate(db: Kysely<Tables>): Promise<boolean> {
  try {
    const done = await readDone(db);
    return done.size === Object.keys(MIGRATIONS).length && [...done].every((n) => n in MIGRATIONS);
  } catch {
    return false;
  }
}

/**
 * Brings a chapter's database to this version's schema, or up to one step, all of it or nothing;
 * throws when a step fails. A write transaction holds the chapter's lock, so that of two processes
 * which open the same chapter one does it and the other finds it done.
 */
export async function migrate(db: Kysely<Tables>, last = LATEST): Promise<void> {
  if (await isUpToDate(db)) return;
  await db.transaction().execute(async (trx) => {
    for (const text of BOOKS) await runDdl(trx, text);
    const done = await readDone(trx);
    for (const name of done) {
      if (MIGRATIONS[name] !== undefined) continue;
      throw new Error(`The database was made by a newer version, with the step ${name}.`);
    }
    for (const [name, step] of Object.entries(MIGRATIONS)) {
      if (done.has(name) || name > last) continue;
      await step.up(trx);
      const at = new Date().toISOString();
      await sql`insert into kysely_migration (name, timestamp) values (${name}, ${at})`.execute(
        trx,
      );
    }
  });
}
