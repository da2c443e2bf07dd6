import type { RollFlip } from '#shared/model/roll.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { inTransaction } from '../store/in-transaction.ts';
import { dropNext, stands as standsInPostgres } from '../store/postgres-roll.ts';
import { type Side, stands } from '../store/roll-sides.ts';
import { discardStage } from './run-import.ts';
import { inSqlite } from './run-roll-job.ts';
import { settleFlip } from './settle-flip.ts';

/** Whether a roll lies whole beside the one that stands. */
export async function hasSide(db: ChapterDb, side: Side): Promise<boolean> {
  if (db.engine === 'postgres') return standsInPostgres(db, side);
  return db.exclusive((sqlite) => stands(sqlite, side));
}

/** Takes a roll away that was being written or waits. */
export async function dropStage(db: ChapterDb): Promise<void> {
  if (db.engine === 'postgres') return dropNext(db);
  const sqlite = await db.exclusive((one) => one);
  await discardStage(sqlite, (work) => db.exclusive((one) => inTransaction(one, work)));
}

/** What is left of a flip that had begun: only where it is done in steps. */
export async function settleLeft(db: ChapterDb, flip: RollFlip): Promise<void> {
  if (db.engine === 'postgres') return;
  const file = inSqlite(db);
  const sqlite = await file.exclusive((one) => one);
  await settleFlip(sqlite, flip, {
    inTurn: (work) => file.exclusive((one) => inTransaction(one, work)),
  });
}
