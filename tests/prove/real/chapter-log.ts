import { join } from 'node:path';
import pg from 'pg';
import { formatUuid } from '#shared/kernel/ids.ts';
import { openSqlite } from '../../../server/store/sqlite.ts';

export interface LoggedOp {
  readonly seq: number;
  readonly opId: string;
  readonly sha256: string;
}

/** What a chapter's database holds, read past the server. */
export interface LogPart {
  /** What the chapter's counter says. */
  readonly clock: number;
  readonly incarnation: string;
  /** How many facts there are in all, and the last one's number. */
  readonly count: number;
  readonly last: number;
  /** The facts after the number asked for, in the order of the log. */
  readonly ops: readonly LoggedOp[];
  readonly held: readonly {
    readonly opId: string;
    readonly sha256: string;
    readonly reason: string;
  }[];
}

/** A way to a chapter's database that works while the server is dead. */
export interface ChapterLog {
  read(after: number): Promise<LogPart>;
  /** What the engine's own check of its files says is wrong. */
  findDamage(): Promise<readonly string[]>;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** The log in a chapter's SQLite file. */
export function sqliteLog(dataDir: string, chapterId: string): ChapterLog {
  const path = join(dataDir, 'chapters', `${chapterId}.db`);
  return {
    read: async (after) => {
      const db = openSqlite(path, { readOnly: true });
      try {
        const one = (text: string) => db.prepare(text).get() as Record<string, unknown>;
        const rows = db
          .prepare('select seq, op_id, sha256 from ops where seq > ? order by seq')
          .all(after) as { seq: number; op_id: Uint8Array; sha256: Uint8Array }[];
        const held = db
          .prepare('select op_id as opId, sha256, reason from held_ops')
          .all() as unknown as LogPart['held'];
        return await Promise.resolve({
          clock: Number(one('select seq from clock')['seq']),
          incarnation: String(one('select incarnation from chapter')['incarnation']),
          count: Number(one('select count(*) as n from ops')['n']),
          last: Number(one('select coalesce(max(seq), 0) as n from ops')['n']),
          ops: rows.map(({ seq, op_id, sha256 }) => ({
            seq,
            opId: formatUuid(op_id),
            sha256: hex(sha256),
          })),
          held,
        });
      } finally {
        db.close();
      }
    },
    findDamage: async () => {
      const db = openSqlite(path, { readOnly: true });
      try {
        const rows = db.prepare('pragma integrity_check').all() as { integrity_check: string }[];
        const told = rows.map((row) => row.integrity_check).filter((text) => text !== 'ok');
        return await Promise.resolve(told);
      } finally {
        db.close();
      }
    },
  };
}

/** The log in a chapter's schema of a PostgreSQL server. */
export function postgresLog(url: string, chapterId: string): ChapterLog {
  const schema = `chapter_${chapterId.replaceAll('-', '')}`;
  return {
    read: async (after) => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      try {
        await client.query(`set search_path to "${schema}"`);
        await client.query('begin isolation level repeatable read read only');
        const { rows: heads } = await client.query<Record<string, string>>(
          `select (select seq from clock) as clock, (select incarnation from chapter) as incarnation,
             (select count(*) from ops) as count, (select coalesce(max(seq), 0) from ops) as last`,
        );
        const { rows } = await client.query<{ seq: string; op_id: Buffer; sha256: Buffer }>(
          'select seq, op_id, sha256 from ops where seq > $1 order by seq',
          [after],
        );
        const { rows: held } = await client.query<LogPart['held'][number]>(
          'select op_id as "opId", sha256, reason from held_ops',
        );
        const head = heads[0] ?? {};
        return {
          clock: Number(head['clock']),
          incarnation: String(head['incarnation']),
          count: Number(head['count']),
          last: Number(head['last']),
          ops: rows.map(({ seq, op_id, sha256 }) => ({
            seq: Number(seq),
            opId: formatUuid(op_id),
            sha256: hex(sha256),
          })),
          held,
        };
      } finally {
        await client.end();
      }
    },
    findDamage: () => Promise.resolve([]),
  };
}
