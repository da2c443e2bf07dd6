import type { Kysely } from 'kysely';
import { runDdl } from '../run-ddl.ts';
import type { Tables } from '../tables.ts';

const STEPS = [
  // A turf whose place the next pass took; phones that are out with it keep it and bring its knocks.
  `alter table turfs add column closed_at integer`,
  `alter table turfs add column first_id text`,
  `alter table turfs add column pass integer not null default 1`,
  // Turfs that are kept under a name, to be used again in another universe.
  `create table turf_sets (id text primary key, name text not null, universe_name text not null,
    turfs integer not null, buildings integer not null, kept_by text, kept_at integer not null)`,
  `create table turf_set_turfs (set_id text not null, place integer not null, name text not null,
    hue integer not null, outline text not null, buildings text not null, towers text not null,
    walk text, primary key (set_id, place)) without rowid`,
];

/** Turfs are walked again, and cut once for several efforts. */
export async function up(db: Kysely<Tables>): Promise<void> {
  for (const step of STEPS) await runDdl(db, step);
}
