import type { ImportId } from '#shared/kernel/ids.ts';
import { problem, type Problem } from '#shared/kernel/problem.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { endImport, forgetKept, type OpenImport } from '../store/roll-rows.ts';
import { dropStage, hasSide, settleLeft } from './chapter-roll.ts';
import { endFlip } from './end-flip.ts';

/** Ends an import that did not come through, and takes away what it wrote; a problem: it failed. */
export async function endAs(
  db: ChapterDb,
  id: ImportId,
  how: 'cancelled' | Problem,
  now: number,
): Promise<void> {
  const ended =
    how === 'cancelled'
      ? ({ state: 'cancelled', problem: null } as const)
      : ({ state: 'failed', problem: how } as const);
  await endImport(db, id, ended, now);
  await dropStage(db);
}

/** Brings a flip to its end; what says that there is a roll beside, and is wrong, is put right. */
export async function takeUp(
  db: ChapterDb,
  { id, state, flip, keeps_old: keeps }: OpenImport,
  now: number,
): Promise<void> {
  if (flip !== null) {
    await settleLeft(db, flip);
    await endFlip(db, id, now);
  } else if (state === 'ready' && !(await hasSide(db, 'next'))) {
    await endAs(db, id, problem('roll-stage-gone'), now);
  } else if (keeps === 1 && !(await hasSide(db, 'old'))) await forgetKept(db, id);
}
