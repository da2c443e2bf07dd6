import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { askKysely } from '../ask-sql.ts';
import { markFirstOptOuts } from '../mark-opt-outs.ts';
import { runDdl } from '../run-ddl.ts';
import type { Tables } from '../tables.ts';

const STEPS = [
  `alter table chapter add column region text`,
  `alter table chapter add column suppress_key blob`,
  `alter table chapter add column audit_private blob`,
  `alter table chapter add column audit_public blob`,
  `alter table chapter add column audit_checked text`,
  `alter table chapter add column backup_recipient text`,
  `alter table chapter add column backup_every integer`,
  `alter table chapter add column rules text`,

  `alter table members add column approved_at integer`,
  `alter table sessions add column how text`,
  `alter table sessions add column asked_at integer`,
  `create table passkeys (id text primary key, member_id text not null references members,
    public_key blob not null, counter integer not null, transports text not null,
    name text not null, created_at integer not null, last_used_at integer)`,
  `create index passkeys_by_member on passkeys (member_id)`,
  `create table recovery_codes (hash blob primary key, member_id text not null references members,
    created_at integer not null, used_at integer)`,
  `create table challenges (hash blob primary key, purpose text not null, member_id text,
    expires_at integer not null)`,

  `create table invites (id text primary key, kind text not null, token_hash blob not null unique,
    code_hash blob unique, turf_id text references turfs on delete cascade, name text not null,
    created_by text not null references members, created_at integer not null,
    expires_at integer not null, state text not null, tries integer not null default 0,
    call_hash blob unique, device_key integer references devices on delete set null,
    replaces text, given text, public_key blob, phone_hash blob unique,
    decided_by text, decided_at integer)`,
  `create index invites_by_state on invites (state, expires_at)`,
  // Codes that worked again and again end here: whoever has photographed one is asked for another.
  `drop table launch_codes`,
  `alter table chapter add column joins_refused integer not null default 0`,
  `alter table chapter add column joins_refused_at integer`,
  `alter table devices add column guard text`,

  `create table audit (seq integer primary key, at integer not null, kind text not null,
    actor text not null, subject text not null, details text not null, hash blob not null,
    actor_id text not null)`,
  `create index audit_by_kind on audit (kind, seq)`,
  `create index audit_by_actor on audit (actor_id, kind, seq)`,
  `create table audit_heads (seq integer primary key, at integer not null, hash blob not null,
    signature blob not null)`,

  `create table suppressions (mark blob primary key, kind text not null, at integer not null)`,
  `create table opt_out_clears (key integer primary key, person_key integer, door_key integer,
    at integer not null, by_member text not null references members, why text not null)`,
  `create table erasures (mark blob primary key, at integer not null, by_name text not null,
    why text not null)`,
  `alter table imports add column terms text`,
  // What the fact was before it was emptied: its own hash, by which it is known when it comes again.
  `alter table ops add column was_sha256 blob`,
  `alter table held_ops add column emptied integer not null default 0`,
  `alter table voters add column adult_on text`,
  `alter table universe_rows add column adult_on text`,
  `create table sweeps (key integer primary key, at integer not null, report text not null)`,

  `create table consents (person_key integer not null references people,
    door_key integer not null references doors, recipients text not null, given integer not null,
    wording text not null, wording_hash text not null, hlc text not null, op_id text not null,
    at integer not null, primary key (person_key, recipients, door_key))`,
  `create index consents_by_door on consents (door_key)`,
  `create table shares (id text primary key, recipient text not null, legal_kind text not null,
    purpose text not null, agreement text not null, basis text not null, cents integer,
    fields text not null, universe_id text references universes, needs_consent integer not null,
    state text not null, asked_by text not null references members, asked_at integer not null,
    decided_by text, decided_at integer, why text, taken_at integer, rows integer, bytes integer,
    sha256 text, mark text not null)`,
  `alter table exports add column purpose text`,
  `alter table exports add column broken integer not null default 0`,
  `alter table shares add column broken integer not null default 0`,

  `create table backups (key integer primary key, at integer not null, kind text not null,
    file text not null, bytes integer, sha256 text, state text not null, report text)`,
];

/** The keys that this step gives to a chapter; they never leave the server. */
export function makeTrustKeys(): {
  suppress_key: Uint8Array;
  audit_private: Uint8Array;
  audit_public: Uint8Array;
} {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    suppress_key: new Uint8Array(randomBytes(32)),
    audit_private: new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' })),
    audit_public: new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })),
  };
}

/**
 * Who may see what, and what left: passkeys, invites, the audit chain, suppressions and erasures,
 * consents, shares, rules of the roll's source, backups.
 */
export async function up(db: Kysely<Tables>): Promise<void> {
  for (const step of STEPS) await runDdl(db, step);
  await db.updateTable('chapter').set(makeTrustKeys()).execute();
  const chapter = await db.selectFrom('chapter').select('id').executeTakeFirst();
  // A new chapter has no row yet, and nobody in it.
  if (chapter !== undefined) await markFirstOptOuts(askKysely(db), Date.now());
}
