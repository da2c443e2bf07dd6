import type { DoorId } from '#shared/kernel/ids.ts';
import { type AskSql, askPostgres } from './ask-sql.ts';
import { findErased } from './find-erased.ts';
import { type WaitingRow, waitingText } from './found-doors.ts';
import { loadFromPostgres } from './load-postgres-log.ts';
import type { HeldWhole, LogAsk, LogKnown, LogTransaction, LogWrites } from './log.ts';
import { type HeldWholeRow, toHeldWhole } from './log-rows.ts';
import { markNewOptOuts } from './mark-opt-outs.ts';
import type { PostgresSession } from './postgres-session.ts';
import { saveToPostgres } from './save-postgres-log.ts';

const HEAD = 'select incarnation, seq from chapter, clock';
const HELD_WHOLE = `select key, op_id as "opId", device_key as "deviceKey", reason, body, decision
  from held_ops where key = $1`;

const WAITING = waitingText('position($1::bytea in h.body) > 0');

class PostgresLog implements LogTransaction {
  readonly #session: PostgresSession;
  #saved: Promise<unknown> = Promise.resolve();
  readonly incarnation: string;
  readonly seq: number;
  readonly ask: AskSql;

  constructor(
    session: PostgresSession,
    head: { readonly incarnation: string; readonly seq: number },
  ) {
    this.#session = session;
    this.incarnation = head.incarnation;
    this.seq = head.seq;
    this.ask = askPostgres(session);
  }

  async load(ask: LogAsk): Promise<LogKnown> {
    const [known, erased] = await Promise.all([
      loadFromPostgres(this.#session, ask),
      findErased(askPostgres(this.#session), ask.personIds),
    ]);
    return { ...known, erased };
  }

  async readHeld(key: number): Promise<HeldWhole | null> {
    const [row] = await this.#session.query<HeldWholeRow>(HELD_WHOLE, [key]);
    return toHeldWhole(row);
  }

  /** No id is remembered. */
  forgetDoors(): void {}

  readWaiting(doorId: DoorId): Promise<readonly WaitingRow[]> {
    return this.ask<WaitingRow>(WAITING, [Buffer.from(doorId)]);
  }

  /** Sends what is written; how it went is known with the commit, which goes along with it. */
  save(writes: LogWrites): Promise<void> {
    const { optOuts, doorOptOuts } = writes;
    const saved = saveToPostgres(this.#session, writes);
    if (optOuts.length + doorOptOuts.length + writes.happened.length > 0) {
      return saved.then(() => markNewOptOuts(askPostgres(this.#session), writes));
    }
    // Of several the first fault is the one to tell.
    this.#saved = Promise.all([this.#saved, saved]);
    this.#saved.catch(() => {});
    // Whoever commits hears of it.
    saved.catch(() => {});
    return Promise.resolve();
  }

  /** Done when all that was sent is committed; fails with the fault that came first. */
  async commit(): Promise<void> {
    const committed = this.#session.commit();
    committed.catch(() => {});
    await this.#saved;
    await committed;
  }
}

/**
 * One write transaction on a session that sends ahead and whose search path is the chapter's schema,
 * under the chapter's lock: committed when the work resolves. A push takes three journeys to the
 * database: the lock and the head of the log, everything that is asked, everything that is written
 * with the commit.
 */
export async function inPostgresLog<T>(
  session: PostgresSession,
  lock: string,
  work: (log: LogTransaction) => Promise<T>,
): Promise<T> {
  const [, [head]] = await Promise.all([
    session.beginUnderLock(lock),
    session.query<{ incarnation: string; seq: number }>(HEAD, [], 'log-head'),
  ]);
  if (head === undefined) throw new Error('The chapter has no clock.');
  const log = new PostgresLog(session, head);
  const done = await work(log);
  await log.commit();
  return done;
}
