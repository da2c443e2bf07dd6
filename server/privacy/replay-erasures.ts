import type { ChapterDb } from '../store/chapter-db.ts';
import type { NotedErasure, Registry } from '../store/registry.ts';
import { markName } from '../store/suppression-mark.ts';
import { applyMarks, ERASED_AGAIN } from './apply-marks.ts';
import { noteErasures } from './erase-person.ts';

/** Adds what was noted elsewhere to what the chapter knows itself. */
export async function takeOver(
  db: Pick<ChapterDb, 'read' | 'write'>,
  noted: readonly NotedErasure[],
): Promise<void> {
  const own = await db.read.selectFrom('erasures').select('mark').execute();
  const known = new Set(own.map(({ mark }) => markName(mark)));
  const missing = noted.filter(({ mark }) => !known.has(markName(mark)));
  if (missing.length === 0) return;
  await db.write(async (trx) => {
    for (const { mark, at } of missing) {
      await trx
        .insertInto('erasures')
        .values({ mark, at, by_name: '', why: ERASED_AGAIN })
        .onConflict((conflict) => conflict.column('mark').doNothing())
        .execute();
    }
  });
}

/**
 * Erases anew whom an older copy of the chapter has brought back (S-17): what was noted outside its
 * database against what it says itself. Gives how many people that were. Costs one look at a small
 * table where nothing was put back; safe to repeat.
 */
export async function replayErasures(
  db: ChapterDb,
  registry: Registry,
  now: number,
): Promise<number> {
  const noted = await registry.notedErasures(db.id);
  const own = await db.read.selectFrom('erasures').select('mark').execute();
  const known = new Set(own.map(({ mark }) => markName(mark)));
  const isBehind = noted.some(({ mark }) => !known.has(markName(mark)));
  // First the people, then that it was done: killed between the two, it is done again.
  const erased = isBehind ? await applyMarks(db, noted, now) : 0;
  if (isBehind) await takeOver(db, noted);
  const isAhead = own.length > noted.length;
  if (isAhead) await noteErasures(db, registry);
  return erased;
}
