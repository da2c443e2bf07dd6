import { type Kysely, sql } from 'kysely';
import type { Operation, OperationType } from '#shared/model/operation.ts';
import type { Tables } from '../store/tables.ts';
import { readLogged } from './read-logged.ts';

/** A fact with its place in the log. */
export interface LoggedFact {
  readonly seq: number;
  readonly operation: Operation;
}

interface Row {
  readonly seq: number;
  readonly body: string;
  readonly eff_hlc: string | null;
}

/** Bodies that are parsed before others get a turn. */
const PAGE = 500;

/**
 * Every fact of one kind, and at the same doors whatever takes facts back: all that a fold of that
 * kind needs. `slim` may leave out of a fact what is large and not asked for.
 */
export async function factsOfType(
  db: Kysely<Tables>,
  type: OperationType,
  slim: (operation: Operation) => Operation = (operation) => operation,
): Promise<LoggedFact[]> {
  const facts: LoggedFact[] = [];
  const doors = sql<number>`(select door_key from ops where type = ${type})`;
  for (const of of [type, 'withdraw']) {
    let after = 0;
    for (;;) {
      const rows: Row[] = await db
        .selectFrom('ops')
        .select(['seq', 'body', 'eff_hlc'])
        .where('type', '=', of)
        .where('seq', '>', after)
        .$if(of !== type, (query) => query.where('door_key', 'in', doors))
        .orderBy('seq')
        .limit(PAGE)
        .execute();
      for (const row of rows) facts.push({ seq: row.seq, operation: slim(readLogged(row)) });
      const last = rows.at(-1);
      if (last === undefined || rows.length < PAGE) break;
      after = last.seq;
    }
  }
  return facts;
}
