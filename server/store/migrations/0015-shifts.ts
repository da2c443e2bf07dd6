import type { Kysely } from 'kysely';
import { runDdl } from '../run-ddl.ts';
import type { Tables } from '../tables.ts';

const STEPS = [
  // Beside doors that are walked: a stall where people come by, a list of people to be called.
  `alter table turfs add column kind text not null default 'walk'`,
  // What a stall or a call list was made of: a universe of its own, in no list of universes.
  `alter table universes add column aside integer not null default 0`,
  // Who comes is said in facts.
  `create table shifts (id text primary key, name text not null, place text not null,
    starts_at integer not null, ends_at integer not null, made_by text not null,
    made_at integer not null, cancelled_at integer)`,
];

/** Shifts are announced; people are met on the street and called as well as at doors. */
export async function up(db: Kysely<Tables>): Promise<void> {
  for (const step of STEPS) await runDdl(db, step);
}
