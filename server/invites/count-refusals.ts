import type { Transaction } from 'kysely';
import { appendAudit, BY_SERVER } from '../audit/append-audit.ts';
import type { Tables } from '../store/tables.ts';

const WINDOW = 60_000;
/** S-1. In the chapter's own table, so that it counts whichever process was asked. */
const MOST_A_MINUTE = 60;

async function readWindow(trx: Transaction<Tables>, now: number) {
  const row = await trx
    .selectFrom('chapter')
    .select(['joins_refused as count', 'joins_refused_at as since'])
    .executeTakeFirstOrThrow();
  const { count, since } = row;
  // A clock that was set back must not keep a minute open for ever.
  const over = since === null || now >= since + WINDOW || now < since;
  return { count, since, over };
}

async function say(trx: Transaction<Tables>, now: number, count: number): Promise<void> {
  const details = { count };
  await appendAudit(trx, { at: now, kind: 'join-refused', actor: BY_SERVER, details, subject: '' });
}

/** True while so much was refused in this minute that typed codes are refused unread. */
export async function isUnderAttack(trx: Transaction<Tables>, now: number): Promise<boolean> {
  const { count, over } = await readWindow(trx, now);
  return !over && count >= MOST_A_MINUTE;
}

/**
 * Counts a refused try. The audit chain gets a line for the first of a minute, with how many there
 * were since the line before: somebody who guesses cannot fill it.
 */
export async function countRefusal(trx: Transaction<Tables>, now: number): Promise<void> {
  const { count, since, over } = await readWindow(trx, now);
  if (over) await say(trx, now, Math.max(1, count));
  await trx
    .updateTable('chapter')
    .set({ joins_refused: over ? 1 : count + 1, joins_refused_at: over ? now : since })
    .execute();
}

/** Says what was counted after the last line and not said yet, once its minute is over. */
export async function sayRefusals(trx: Transaction<Tables>, now: number): Promise<void> {
  const { count, over } = await readWindow(trx, now);
  if (!over || count <= 1) return;
  await say(trx, now, count - 1);
  await trx.updateTable('chapter').set({ joins_refused: 0 }).execute();
}
