import pg from 'pg';
import type { RawDriver } from './raw-sqlite.ts';
import type { RawRow } from './raw-rows.ts';

const tableOf = (schema: string): string => `drop schema if exists ${schema} cascade;
  create schema ${schema}; create table ${schema}.ops (seq bigint primary key,
  op_id bytea not null unique, type text not null, door_key bigint not null, person_key bigint,
  device_key bigint not null, db_epoch text not null, local_seq bigint not null,
  at bigint not null, received_at bigint not null, sha256 bytea not null, body text not null);
  create index ops_by_door on ${schema}.ops (door_key, seq)`;
const insertInto = (
  schema: string,
): string => `insert into ${schema}.ops select * from unnest($1::bigint[], $2::bytea[],
  $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[], $8::bigint[], $9::bigint[],
  $10::bigint[], $11::bytea[], $12::text[])`;
const LOCK = 4_711;

/**
 * The bare PostgreSQL driver over so many connections, which take turns under one lock, since a
 * chapter's numbers must be in the order of commits. `unnest` of arrays, synchronous_commit on.
 */
export async function openRawPostgres(
  url: string,
  connections: number,
  schema: string,
): Promise<RawDriver> {
  const clients = Array.from(
    { length: connections },
    () => new pg.Client({ connectionString: url }),
  );
  await Promise.all(clients.map((client) => client.connect()));
  await clients[0]?.query(tableOf(schema));
  let seq = 0;

  async function write(client: pg.Client, rows: readonly RawRow[]): Promise<void> {
    await client.query(`begin; select pg_advisory_xact_lock(${LOCK})`);
    const numbers = rows.map(() => (seq += 1));
    const columns = rows[0]?.map((_, column) => rows.map((row) => row[column])) ?? [];
    const values = [numbers, ...columns];
    await client.query({ name: 'insert', text: insertInto(schema), values });
    await client.query('commit');
  }

  return {
    insert: async (rows, batch) => {
      const begun = performance.now();
      let next = 0;
      const work = async (client: pg.Client): Promise<void> => {
        while (next < rows.length) {
          const from = next;
          next += batch;
          await write(client, rows.slice(from, from + batch));
        }
      };
      await Promise.all(clients.map(work));
      return performance.now() - begun;
    },
    close: async () => {
      await Promise.all(clients.map((client) => client.end()));
    },
  };
}
