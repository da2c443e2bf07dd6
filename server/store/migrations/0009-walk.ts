import type { Kysely } from 'kysely';
import { runDdl } from '../run-ddl.ts';
import type { Tables } from '../tables.ts';

const STEPS = [
  // How somebody wished a turf to be walked; null walks it as is shortest.
  `alter table turfs add column walk text`,
];

/** A turf may be walked from a car, one side at a time, or in an order made by hand. */
export async function up(db: Kysely<Tables>): Promise<void> {
  for (const step of STEPS) await runDdl(db, step);
}
