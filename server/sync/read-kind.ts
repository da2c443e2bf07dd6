import type { Operation, OperationType } from '#shared/model/operation.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { readLogged } from './read-logged.ts';

/**
 * Every fact of one kind with whatever takes facts back at the same doors, in the order of the log:
 * all that a fold of this kind needs.
 */
export async function readKind(
  db: Pick<ChapterDb, 'read'>,
  type: Exclude<OperationType, 'withdraw'>,
): Promise<readonly Operation[]> {
  const rows = await db.read
    .selectFrom('ops')
    .select(['body', 'eff_hlc'])
    .where('type', 'in', [type, 'withdraw'])
    .where('door_key', 'in', (of) =>
      of.selectFrom('ops as same').select('same.door_key').where('same.type', '=', type),
    )
    .orderBy('seq')
    .execute();
  return rows.map(readLogged);
}
