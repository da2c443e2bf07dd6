import type { Kysely } from 'kysely';
import { runDdl } from '../run-ddl.ts';
import type { Tables } from '../tables.ts';

const STEPS = [
  // What the cut said of a turf, and which of its buildings it has some units of only.
  `alter table turfs add column about text`,
  `alter table turfs add column towers text`,
];

/** A turf is the list of its doors, and says how it came to be so. */
export async function up(db: Kysely<Tables>): Promise<void> {
  for (const step of STEPS) await runDdl(db, step);
}
