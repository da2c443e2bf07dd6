import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Sqlite } from '../../../server/store/sqlite.ts';
import { makeScratch, removeScratch } from '../../prove/real/scratch.ts';
import type { RawRow } from './raw-rows.ts';

const TABLE = `create table ops (seq integer primary key, op_id blob not null unique,
  type text not null, door_key integer not null, person_key integer, device_key integer not null,
  db_epoch text not null, local_seq integer not null, at integer not null,
  received_at integer not null, sha256 blob not null, body text not null)`;

/** A bare driver that writes prepared rows durably: what ours is measured against. */
export interface RawDriver {
  /** Takes this long for the rows, so many in a transaction, in ms. */
  insert(rows: readonly RawRow[], batch: number): Promise<number>;
  close(): Promise<void>;
}

const require = createRequire(import.meta.url);

function openBare(path: string): Sqlite {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const builtIn = major > 22 || (major === 22 && minor >= 13);
  const driver = require(builtIn ? 'node:sqlite' : '@photostructure/sqlite') as {
    DatabaseSync: new (path: string) => Sqlite;
  };
  return new driver.DatabaseSync(path);
}

/** The bare SQLite driver, WAL and synchronous FULL, the log's columns and indexes, no more. */
export function openRawSqlite(): RawDriver {
  const folder = makeScratch('bench-raw');
  const sqlite = openBare(join(folder, 'raw.db'));
  sqlite.exec('pragma journal_mode = wal; pragma synchronous = full');
  sqlite.exec(TABLE);
  sqlite.exec('create index ops_by_door on ops (door_key, seq)');
  const insert = sqlite.prepare('insert into ops values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  let seq = 0;
  return {
    insert: (rows, batch) => {
      const begun = performance.now();
      for (let i = 0; i < rows.length; i += batch) {
        sqlite.exec('begin immediate');
        for (const row of rows.slice(i, i + batch)) {
          seq += 1;
          insert.run(seq, ...row);
        }
        sqlite.exec('commit');
      }
      return Promise.resolve(performance.now() - begun);
    },
    close: () => {
      sqlite.close();
      removeScratch(folder);
      return Promise.resolve();
    },
  };
}
