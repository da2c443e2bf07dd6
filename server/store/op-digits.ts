import { type Kysely, type RawBuilder, sql } from 'kysely';
import { engineOf } from './run-ddl.ts';
import type { Tables } from './tables.ts';

/**
 * The id of a fact as 32 digits, for `uuidOfDigits`. Sixteen bytes by themselves cost a driver more
 * than all the rest of a row, and each of them memory of its own beside the heap.
 */
export function opDigits(db: Kysely<Tables>): RawBuilder<string> {
  return engineOf(db) === 'sqlite'
    ? sql<string>`lower(hex(ops.op_id))`
    : sql<string>`encode(ops.op_id, 'hex')`;
}
