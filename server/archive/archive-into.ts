import { join } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { readHandOver } from '../backup/hand-over.ts';
import { handOverText } from '../backup/hand-over-text.ts';
import { backUpChapter } from '../chapter/back-up-chapter.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { ArchiveJob, Filled, MadeArchive } from './make-archive.ts';

/** Where an archive is made, and how. */
export interface ArchiveWish {
  readonly folder: string;
  /** Where all of it is put into one file; null: it stays a folder. */
  readonly zip: string | null;
  /** Runs the work, in another thread where a server must go on meanwhile. */
  readonly run: (job: ArchiveJob) => Promise<MadeArchive>;
}

/**
 * Writes everything of a chapter into a folder, from one moment of it, while the server goes on.
 * Throws DamagedFactsError when facts have changed in storage.
 */
export async function archiveInto(
  db: ChapterDb,
  { folder, zip, run }: ArchiveWish,
  means: Pick<Ports, 'config' | 'clock' | 'publicUrl'>,
): Promise<Filled> {
  const at = means.clock();
  const page = await readHandOver(db, { ...means, address: means.publicUrl() });
  const rest = { folder, at, version: packageJson.version, handOver: handOverText(page), zip };
  let filled: Filled | null = null;
  await backUpChapter(db, join(folder, 'chapter.db'), {
    recipient: null,
    folder: null,
    run: async (copy) => {
      const made = await run({ copy, ...rest });
      filled = made.filled;
      return made.end;
    },
  });
  if (filled === null) throw new Error('The archive was not written.');
  return filled;
}
