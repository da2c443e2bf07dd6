import { type Kysely, sql } from 'kysely';
import { engineOf, runDdl } from '../run-ddl.ts';
import type { Tables } from '../tables.ts';

/** Doors at which everybody asked not to be contacted: whoever a newer roll finds there as well. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await runDdl(
    db,
    `create table door_opt_outs (door_key integer primary key references doors,
    op_id text not null, at integer not null)`,
  );
  // On PostgreSQL every chapter begins with this step done, so that there is nothing to look for.
  if (engineOf(db) === 'postgres') return;
  await sql`insert into door_opt_outs (door_key, op_id, at)
    select door_key, json_extract(body, '$.opId'), min(received_at) from ops
    where type = 'knock' and json_extract(body, '$.payload.personId') is null
      and json_extract(body, '$.payload.outcome.result') = 'do-not-contact'
    group by door_key`.execute(db);
}
