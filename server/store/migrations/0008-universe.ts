import type { Kysely } from 'kysely';
import { runDdl } from '../run-ddl.ts';
import type { Tables } from '../tables.ts';

const STEPS = [
  `alter table universe_rows add column sex text`,
  `alter table universe_rows add column status text`,
  `alter table universe_rows add column registered_on text`,
  `alter table universe_rows add column language text`,
  `alter table universe_rows add column districts text`,
  // A bit for each election that has a slot.
  `alter table universe_rows add column votes integer not null default 0`,
  `create table election_slots (slot integer primary key, election text not null unique)`,
  // The rows are written anew, with the columns that they had not.
  `delete from universe_rows_of`,
  `alter table universes add column version integer not null default 1`,
  `alter table universes add column frozen_at integer`,
  // The people of frozen universes.
  `create table universe_people (universe_id text not null, person_key integer not null,
    primary key (universe_id, person_key)) without rowid`,
  // What universes ask of the log, folded from it; made anew whenever they are missing.
  `create table field_of (only integer primary key, seq integer not null, facts integer not null)`,
  `create table field_people (person_key integer not null, scope text not null, last text not null,
    place text not null, ever integer not null, support integer,
    primary key (person_key, scope)) without rowid`,
  `create table field_doors (door_key integer not null, scope text not null,
    knocked_at integer not null, last text, place text not null, ever integer not null,
    primary key (door_key, scope)) without rowid`,
  `create table field_answers (person_key integer not null, question_id text not null,
    said text not null, primary key (person_key, question_id, said)) without rowid`,
  // At which doors somebody was named, perhaps by a fact that was taken back.
  `create table field_named (person_key integer not null, door_key integer not null,
    primary key (person_key, door_key)) without rowid`,
  `create table field_faces (person_key integer primary key, face_key integer not null)`,
];

/** Universes are steps, may be frozen, and ask for what was learnt at doors. */
export async function up(db: Kysely<Tables>): Promise<void> {
  for (const step of STEPS) await runDdl(db, step);
}
