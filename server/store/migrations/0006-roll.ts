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
  // Of two people whom somebody found to be one: who gives way to whom. Keyed by people, so that no
  // import changes it.
  `create table person_merges (loser_key integer primary key, winner_key integer not null,
    by_member text, how text not null, score real, reasons text not null, at integer not null,
    seq integer not null)`,
  `create index person_merges_by_winner on person_merges (winner_key)`,
  // The same, worked out: everybody of such a group with the one who is shown for all.
  `create table merged_people (person_key integer primary key, face_key integer not null)`,
  `create index merged_people_by_face on merged_people (face_key)`,
  `create table not_same (low_key integer not null, high_key integer not null, by_member text,
    at integer not null, primary key (low_key, high_key))`,
  // What the last search for duplicates found.
  `create table duplicate_searches (only integer primary key, import_id text not null,
    state text not null, by_member text, started_at integer not null, finished_at integer,
    people integer not null, done integer not null, total integer not null,
    found integer not null, cut integer not null, cancel_asked integer not null)`,
  `create table duplicate_pairs (low_key integer not null, high_key integer not null,
    score real not null, reasons text not null, primary key (low_key, high_key))`,
  // Columns of other files, appended to people: no import changes them. A newer file is written as
  // another set, which takes the place of the one before when it is whole.
  `create table layers (id text primary key, name text not null unique, members integer not null,
    set_key integer not null, file_name text not null, sha256 text not null, bytes integer not null,
    how text not null, terms text not null, header text not null, columns text not null,
    counts text not null, made_by text, made_at integer not null)`,
  `create table layer_sets (key integer primary key, begun_at integer not null)`,
  `create table layer_values (set_key integer not null, place integer not null,
    person_key integer not null, amount real, word text,
    primary key (set_key, place, person_key)) without rowid`,
  `create index layer_values_by_person on layer_values (person_key)`,
  `create table layer_left_out (set_key integer not null, line integer not null, kind text not null,
    reason text not null, who text not null, cells text not null,
    primary key (set_key, line)) without rowid`,
  `create index layer_left_out_by_who on layer_left_out (who)`,
  // Whom no turf names is found without reading all that turfs ask for.
  `create index turf_targets_by_person on turf_targets (person_key)`,
  // What somebody recognises their own sessions by.
  `alter table sessions add column device text`,
  `alter table sessions add column seen_at integer`,
];

/** A roll may wait beside the one that stands, take its place, and give it back. */
export async function up(db: Kysely<Tables>): Promise<void> {
  for (const step of STEPS) await runDdl(db, step);
}
