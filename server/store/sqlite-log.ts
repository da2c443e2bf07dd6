import type { DoorId, PersonId } from '#shared/kernel/ids.ts';
import { type AskSql, askSqlite } from './ask-sql.ts';
import { findErased } from './find-erased.ts';
import { type WaitingRow, waitingText } from './found-doors.ts';
import { forgetDoors, loadFromSqlite } from './load-sqlite-log.ts';
import type { HeldWhole, LogAsk, LogKnown, LogTransaction, LogWrites } from './log.ts';
import { type HeldWholeRow, toHeldWhole } from './log-rows.ts';
import { markNewOptOuts } from './mark-opt-outs.ts';
import { rollBack } from './roll-back.ts';
import { saveToSqlite } from './save-sqlite-log.ts';
import { statementsOf } from './sqlite-log-statements.ts';
import type { Sqlite } from './sqlite.ts';

const WAITING = waitingText('instr(h.body, $1) > 0');

class SqliteLog implements LogTransaction {
  readonly #sqlite: Sqlite;
  readonly #people = new Map<PersonId, number>();
  readonly incarnation: string;
  readonly seq: number;
  readonly ask: AskSql;

  constructor(sqlite: Sqlite) {
    this.#sqlite = sqlite;
    const head = statementsOf(sqlite).head.get() as { incarnation: string; seq: number };
    this.incarnation = head.incarnation;
    this.seq = head.seq;
    this.ask = askSqlite(sqlite);
  }

  async load(ask: LogAsk): Promise<LogKnown> {
    const known = loadFromSqlite(this.#sqlite, ask, this.#people);
    return { ...known, erased: await findErased(askSqlite(this.#sqlite), ask.personIds) };
  }

  async readHeld(key: number): Promise<HeldWhole | null> {
    const row = statementsOf(this.#sqlite).heldWhole.get(key);
    return toHeldWhole(row as HeldWholeRow | undefined);
  }

  readWaiting(doorId: DoorId): Promise<readonly WaitingRow[]> {
    return this.ask<WaitingRow>(WAITING, [Buffer.from(doorId)]);
  }

  forgetDoors(): void {
    forgetDoors(this.#sqlite);
  }

  async save(writes: LogWrites): Promise<void> {
    saveToSqlite(statementsOf(this.#sqlite), writes, this.#people);
    await markNewOptOuts(askSqlite(this.#sqlite), writes);
  }
}

/**
 * Runs the work as one write transaction on the writer's connection: durable, or not there. Nobody
 * else may use the connection meanwhile.
 */
export async function inSqliteLog<T>(
  sqlite: Sqlite,
  work: (log: LogTransaction) => Promise<T>,
): Promise<T> {
  sqlite.exec('begin immediate');
  try {
    const done = await work(new SqliteLog(sqlite));
    sqlite.exec('commit');
    return done;
  } catch (error) {
    rollBack(sqlite);
    // A door that was found in here is not there.
    forgetDoors(sqlite);
    throw error;
  }
}
