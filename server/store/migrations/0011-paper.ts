import type { Kysely } from 'kysely';
import { runDdl } from '../run-ddl.ts';
import type { Tables } from '../tables.ts';

const STEPS = [
  // What was walked with paper: the one among the devices through whom it is typed in.
  `alter table devices add column entered_by text`,
];

/** Whoever walked with paper has their facts typed in by somebody at the desk. */
export async function up(db: Kysely<Tables>): Promise<void> {
  for (const step of STEPS) await runDdl(db, step);
}
