import type { Kysely } from 'kysely';
import type { OperationType } from '#shared/model/operation.ts';
import { type Emptied, emptyFact } from '#shared/privacy/empty-fact.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { Tables } from '../store/tables.ts';
import { emptyOps, OP_TO_EMPTY, type OpToEmpty, renewTurfs } from './empty-ops.ts';

const PAGE = 500;

/** Facts that are looked at: those after `after` in the log that came before `before`. */
export interface OldFacts {
  readonly after: number;
  readonly before: number;
  readonly what: Emptied;
}

/**
 * What is kept for as long as the chapter keeps who it is about: what was allowed or signed, what was
 * put right, and what is known of a building over campaigns.
 */
const KEPT: readonly OperationType[] = [
  'building',
  'consent',
  'contact-consent',
  'correct',
  'door',
  'lit-drop',
  'resident',
  'sign-up',
  'signature',
  'tag',
  'withdraw',
];

/** How many facts were emptied, and up to which number of the log there is nothing left. */
export interface SweptFacts {
  readonly facts: number;
  readonly to: number;
}

function readOld(db: Kysely<Tables>, after: number, { before }: OldFacts): Promise<OpToEmpty[]> {
  return (
    db
      .selectFrom('ops')
      .select(OP_TO_EMPTY)
      .where('seq', '>', after)
      .where('received_at', '<', before)
      // Not the kinds that are looked for: those would be read by kind, and sorted anew for each page.
      .where('type', 'not in', KEPT)
      .orderBy('seq')
      .limit(PAGE)
      .execute()
  );
}

/** How many facts a sweep would empty. */
export async function countOldFacts(db: Pick<ChapterDb, 'read'>, old: OldFacts): Promise<number> {
  let [after, count] = [old.after, 0];
  for (;;) {
    const rows = await readOld(db.read, after, old);
    count += rows.filter(({ body }) => emptyFact(body, [old.what]) !== null).length;
    after = rows.at(-1)?.seq ?? after;
    if (rows.length < PAGE) return count;
  }
}

/** Empties old facts, some in each transaction, so that phones wait for none of it. */
export async function sweepFacts(db: ChapterDb, old: OldFacts): Promise<SweptFacts> {
  let [to, facts] = [old.after, 0];
  for (;;) {
    const read = await db.write(async (trx) => {
      const rows = await readOld(trx, to, old);
      const full = rows.filter(({ body }) => emptyFact(body, [old.what]) !== null);
      facts += await emptyOps(trx, full, [old.what]);
      await renewTurfs(
        trx,
        full.map((row) => row.door_key),
      );
      to = rows.at(-1)?.seq ?? to;
      return rows.length;
    });
    if (read < PAGE) return { facts, to };
  }
}
