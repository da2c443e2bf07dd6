import { copyTables, findDifferences, sumTables, withoutNul } from './copy-tables.ts';
import { fillFile } from './fill-chapter.ts';
import { makeWhole } from './make-whole.ts';
import { CopyDiffersError } from './move-places.ts';
import type { PostgresChapterDb } from './postgres-chapter-db.ts';
import { SqliteChapterDb } from './sqlite-chapter-db.ts';

/**
 * Every row of one snapshot in a new SQLite file, compared table by table with what lies there then.
 * Throws CopyDiffersError.
 */
export async function copyToFile(db: PostgresChapterDb, to: string): Promise<void> {
  const snapshot = await db.openSnapshot();
  try {
    const copy = await SqliteChapterDb.open(db.id, to);
    try {
      let sums: Awaited<ReturnType<typeof copyTables>> = new Map();
      await fillFile(copy, async (sink) => {
        sums = await copyTables(snapshot.db, sink, withoutNul);
      });
      const differences = findDifferences(sums, await sumTables(copy.read));
      if (differences.length > 0) throw new CopyDiffersError(differences);
    } finally {
      await copy.close();
    }
  } finally {
    await snapshot.close();
  }
  makeWhole(to);
}
