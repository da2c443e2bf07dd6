import type { ChapterDb } from '../store/chapter-db.ts';

const PAGE = 500;
const WHY = 'A phone has brought it again.';

const bytesOf = (opId: string): Buffer => Buffer.from(opId.replaceAll('-', ''), 'hex');

function readDamaged({ read }: Pick<ChapterDb, 'read'>, after: number) {
  return read
    .selectFrom('held_ops')
    .select(['key', 'op_id as opId'])
    .where('reason', '=', 'damaged')
    .where('decision', 'is', null)
    .where('key', '>', after)
    .orderBy('key')
    .limit(PAGE)
    .execute();
}

/** Where each of these facts is in the log now. */
async function findInLog({ read }: Pick<ChapterDb, 'read'>, opIds: readonly string[]) {
  const rows = await read
    .selectFrom('ops')
    .select(['op_id', 'seq'])
    .where('op_id', 'in', opIds.map(bytesOf))
    .execute();
  return new Map(rows.map((row) => [Buffer.from(row.op_id).toString('hex'), row.seq]));
}

/**
 * Closes what was held as damaged and has come again whole since: nobody needs to look at it. One
 * question where there is none, which is nearly always. Gives how many were closed.
 */
export async function settleReturned(
  db: Pick<ChapterDb, 'read' | 'write'>,
  now: number,
): Promise<number> {
  let [closed, after] = [0, 0];
  for (;;) {
    const rows = await readDamaged(db, after);
    const there =
      rows.length === 0
        ? null
        : await findInLog(
            db,
            rows.map((row) => row.opId),
          );
    for (const { key, opId } of rows) {
      after = key;
      const seq = there?.get(bytesOf(opId).toString('hex'));
      if (seq === undefined) continue;
      const { numUpdatedRows } = await db.write((trx) =>
        trx
          .updateTable('held_ops')
          .set({ decision: 'accepted', decided_at: now, why: WHY, as_seq: seq })
          .where('key', '=', key)
          .where('decision', 'is', null)
          .executeTakeFirst(),
      );
      closed += Number(numUpdatedRows);
    }
    if (rows.length < PAGE) return closed;
  }
}
