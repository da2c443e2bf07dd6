import { type Kysely, type Migration, Migrator } from 'kysely';
import * as chapter from './migrations/0001-chapter.ts';
import * as doorOptOuts from './migrations/0002-door-opt-outs.ts';
import * as syncTables from './migrations/0003-sync.ts';
import type { Tables } from './tables.ts';

/** Every step of the schema, oldest first; a shipped step never changes again. */
const MIGRATIONS: Record<string, Migration> = {
  '0001-chapter': chapter,
  '0002-door-opt-outs': doorOptOuts,
  '0003-sync': syncTables,
};

/** Brings a chapter's database to this version's schema; throws when a step fails. */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(MIGRATIONS) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}
