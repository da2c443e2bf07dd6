import type { Kysely } from 'kysely';
import { runDdl } from '../run-ddl.ts';
import type { Tables } from '../tables.ts';

const STEPS = [
  // What is signed on the glass: the signatures themselves are facts of the log.
  `create table petitions (id text primary key, campaign_id text not null, kind text not null,
    title text not null, wording text not null, version integer not null, created_by text not null,
    created_at integer not null, opened_at integer, closed_at integer)`,
  // What the desk adds to a promise that was made at a door.
  `create table follow_up_states (op_id text primary key, who_id text, by_day text, ended text,
    note text not null, changed_by text not null, changed_at integer not null,
    version integer not null)`,
  // The chapter's own words for what people are asked to allow.
  `create table asked_words (about text not null, language text not null, wording text not null,
    set_by text not null, set_at integer not null, primary key (about, language)) without rowid`,
];

/** What people sign, are promised and are asked to allow. */
export async function up(db: Kysely<Tables>): Promise<void> {
  for (const step of STEPS) await runDdl(db, step);
}
