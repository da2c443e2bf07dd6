import type { Kysely } from 'kysely';
import { runDdl } from '../run-ddl.ts';
import type { Tables } from '../tables.ts';

const STEPS = [
  // Taken in hand by the flip that puts a roll in place, until all else has followed it.
  `alter table imports add column flip text`,
  `alter table imports add column flip_by text`,
  `alter table imports add column keeps_old integer not null default 0`,
  `alter table imports add column at_once integer not null default 0`,
  `alter table imports add column attempts integer not null default 1`,
  // What voter files say beyond name, address and elections.
  `alter table voters add column language text`,
  `alter table voters add column districts text`,
  // How a chapter read a file that no layout knows, by what its header looks like.
  `create table saved_mappings (fingerprint text primary key, name text not null,
    mapping text not null, saved_at integer not null)`,
  // Where somebody put an address, by its key: imports to come place it the same.
  `create table settled_places (address_key text primary key, lon real not null, lat real not null,
    address_id text, settled_by text not null, settled_at integer not null,
    was_lon real, was_lat real, was_grade text not null, was_precinct text)`,
  `create index address_points_by_street on address_points (street, city, zip)`,
  // What somebody recognises their own sessions by.
  `alter table sessions add column device text`,
  `alter table sessions add column seen_at integer`,
];

/** A roll may wait beside the one that stands, take its place, and give it back. */
export async function up(db: Kysely<Tables>): Promise<void> {
  for (const step of STEPS) await runDdl(db, step);
}
