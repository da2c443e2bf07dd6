import { askPostgres } from './ask-sql.ts';
import { findErased } from './find-erased.ts';
import { loadFromPostgres } from './load-postgres-log.ts';
import type { HeldWhole, LogAsk, LogKnown, LogTransaction, LogWrites } from './log.ts';
import { type HeldWholeRow, toHeldWhole } from './log-rows.ts';
import { markNewOptOuts } from './mark-opt-outs.ts';
import type { PostgresSession } from './postgres-session.ts';
import { saveToPostgres } from './save-postgres-log.ts';

const HELD_WHOLE = `select key, op_id as "opId", device_key as "deviceKey", reason, body, decision
  from held_ops where key = $1`;

class PostgresLog implements LogTransaction {
  readonly #session: PostgresSession;
  readonly incarnation: string;
  readonly seq: number;

  constructor(
    session: PostgresSession,
    head: { readonly incarnation: string; readonly seq: number },
  ) {
    this.#session = session;
    this.incarnation = head.incarnation;
    this.seq = head.seq;
  }

  async load(ask: LogAsk): Promise<LogKnown> {
    const known = await loadFromPostgres(this.#session, ask);
    return { ...known, erased: await findErased(askPostgres(this.#session), ask.personIds) };
  }

  async readHeld(key: number): Promise<HeldWhole | null> {
    const [row] = await this.#session.query<HeldWholeRow>(HELD_WHOLE, [key]);
    return toHeldWhole(row);
  }

  async save(writes: LogWrites): Promise<void> {
    await saveToPostgres(this.#session, writes);
    await markNewOptOuts(askPostgres(this.#session), writes);
  }
}

/**
 * The chapter's log on a session whose transaction is open, whose search path is the chapter's
 * schema, and which holds the chapter's lock.
 */
export async function inPostgresLog<T>(
  session: PostgresSession,
  work: (log: LogTransaction) => Promise<T>,
): Promise<T> {
  const [head] = await session.query<{ incarnation: string; seq: number }>(
    'select incarnation, seq from chapter, clock',
  );
  if (head === undefined) throw new Error('The chapter has no clock.');
  return work(new PostgresLog(session, head));
}
