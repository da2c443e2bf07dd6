import type { Kysely } from 'kysely';
import { runDdl } from '../run-ddl.ts';
import type { Tables } from '../tables.ts';

const STEPS = [
  `create table tags (id text primary key, name text not null, version integer not null,
    made_by text not null, made_at integer not null, retired_at integer)`,
  // Who carries which, folded from the log; made anew whenever it is missing.
  `create table field_tags (person_key integer not null, tag text not null,
    primary key (person_key, tag)) without rowid`,
  `create index field_tags_by_tag on field_tags (tag, person_key)`,
  // What was folded has no tags: all of it is folded anew.
  `delete from field_of`,
];

/** Lasting marks on people, and universes that ask for them. */
export async function up(db: Kysely<Tables>): Promise<void> {
  for (const step of STEPS) await runDdl(db, step);
}
