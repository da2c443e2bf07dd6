import type { ImportId } from '#shared/kernel/ids.ts';
import { noteRoll } from '../audit/note-import.ts';
import { releaseAdults } from '../privacy/release-adults.ts';
import { suppressLate } from '../privacy/suppress-late.ts';
import { askNewcomers } from './ask-newcomers.ts';
import { renewDoorsOf } from './merge-two.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { joinTwinDoors } from '../store/join-twins.ts';
import { refreshAllMerged } from '../store/merged-people.ts';
import { showLatestRoll } from '../store/universe-rows.ts';

/**
 * Ends the flip of a roll once everything has followed it, with its entry in the audit chain: an
 * import whose roll was applied is done, one whose roll was taken back waits again. Safe to repeat.
 */
export async function endFlip(db: ChapterDb, id: ImportId, now: number): Promise<void> {
  if (await flips(db, id)) {
    // Before anything says that all has followed: a server that dies in between does it again.
    await suppressLate(db, id);
    await joinFound(db, now);
    await askNewcomers(db);
  }
  await db.write(async (trx) => {
    const row = await trx
      .selectFrom('imports')
      .select(['flip', 'flip_by'])
      .where('id', '=', id)
      .where('flip', 'is not', null)
      .executeTakeFirst();
    if (row === undefined || row.flip === null) return;
    const applied = row.flip === 'apply';
    await trx
      .updateTable('imports')
      .set({
        state: applied ? 'done' : 'ready',
        finished_at: applied ? now : null,
        step: null,
        flip: null,
        flip_by: null,
      })
      .where('id', '=', id)
      .execute();
    // Of several records of a person the roll may have another now than the one that was shown.
    const shown = await refreshAllMerged(trx);
    if (shown.length > 0) await renewDoorsOf(trx, shown);
    await showLatestRoll(trx);
    await noteRoll(trx, id, { flip: row.flip, by: row.flip_by }, now);
  });
  await releaseAdults(db, now);
}

/** A door that was found while the roll was read is the roll's, where it has the same dwelling. */
async function joinFound(db: ChapterDb, now: number): Promise<void> {
  await db.inLog(async (log) => {
    if ((await joinTwinDoors(log.ask, log.seq, now)) > 0) log.forgetDoors();
  });
}

async function flips(db: ChapterDb, id: ImportId): Promise<boolean> {
  const read = db.read.selectFrom('imports').select('flip').where('id', '=', id);
  const row = await read.executeTakeFirst();
  return (row?.flip ?? null) !== null;
}
