import type { Kysely } from 'kysely';
import { runDdl } from '../run-ddl.ts';
import type { Tables } from '../tables.ts';

const STEPS = [
  // Ids that phones gave to dwellings which are doors already: what is said at them is said there.
  `create table found_twins (id text primary key, door_key integer not null references doors)`,
  `create index found_twins_by_door on found_twins (door_key)`,
  // In which language a petition is written, if said, and its words in others, as JSON.
  `alter table petitions add column language text`,
  `alter table petitions add column translations text not null default '[]'`,
];

/** A door that is found twice, or that the roll has, is one door; petitions have several languages. */
export async function up(db: Kysely<Tables>): Promise<void> {
  for (const step of STEPS) await runDdl(db, step);
}
