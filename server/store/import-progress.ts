import type { ImportId } from '#shared/kernel/ids.ts';
import type { RollImport } from '#shared/model/roll.ts';
import type { ChapterDb } from './chapter-db.ts';

/** How far an import is, as other processes see it. */
export type FarImport = Pick<RollImport, 'id' | 'step' | 'rowsRead' | 'bytesRead'>;

/** Notes how far a running import is; true when somebody has asked for its end. */
export async function noteProgress(
  db: Pick<ChapterDb, 'write'>,
  { id, step, rowsRead, bytesRead }: FarImport,
): Promise<boolean> {
  return db.write(async (trx) => {
    const row = await trx
      .updateTable('imports')
      .set({ step, rows_read: rowsRead, bytes_read: bytesRead })
      .where('id', '=', id)
      .where('state', '=', 'running')
      .returning('cancel_asked')
      .executeTakeFirst();
    return row?.cancel_asked === 1;
  });
}

/** Asks whichever process runs it to stop an import; true when it was running. */
export async function askToCancel(db: Pick<ChapterDb, 'write'>, id: ImportId): Promise<boolean> {
  const { numUpdatedRows } = await db.write((trx) =>
    trx
      .updateTable('imports')
      .set({ cancel_asked: 1 })
      .where('id', '=', id)
      .where('state', '=', 'running')
      .executeTakeFirst(),
  );
  return numUpdatedRows > 0n;
}
