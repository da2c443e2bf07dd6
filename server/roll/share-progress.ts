import type { RollImport } from '#shared/model/roll.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { noteProgress } from '../store/import-progress.ts';
import { sayFault } from './say-fault.ts';

/** Milliseconds: as often as this a running import is noted where other processes see it. */
const EVERY_MS = 1000;

/**
 * Notes in the chapter's database how far an import of this process is, once a second, and hears
 * there whether another process was asked to cancel it. Gives what ends the noting, and waits for the
 * last note. A note that fails is made a second later: the import goes on.
 */
export function shareProgress(
  db: Pick<ChapterDb, 'write'>,
  now: () => RollImport,
  cancel: () => void,
): () => Promise<void> {
  let noting: Promise<void> | null = null;
  const note = async (): Promise<void> => {
    try {
      if (await noteProgress(db, now())) cancel();
    } catch (error) {
      sayFault('The import’s progress was not noted', error);
    } finally {
      noting = null;
    }
  };
  const timer = setInterval(() => {
    // The writer may be waited for longer than a second.
    noting ??= note();
  }, EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await noting;
  };
}
