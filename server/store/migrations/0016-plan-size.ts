import type { Kysely } from 'kysely';
import { runDdl } from '../run-ddl.ts';
import type { Tables } from '../tables.ts';

const STEPS = [
  // The size that turfs were asked for in when the plan was kept last; null: never.
  `alter table universes add column plan_size text`,
  // Metres of its walk as measured on the streets; null: not measured since its doors changed.
  `alter table turfs add column on_foot integer`,
];

/** A plan remembers its size, and a turf how far its own walk is. */
export async function up(db: Kysely<Tables>): Promise<void> {
  for (const step of STEPS) await runDdl(db, step);
}
