import type { ImportId } from '#shared/kernel/ids.ts';
import type { RollMapping } from '#shared/model/roll.ts';
import { describeFault } from '#shared/roll/describe-fault.ts';
import type { CsvExport } from '../export/stream-csv.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { readFaults } from '../store/roll-rows.ts';

const PAGE = 500;

/**
 * The rows of an import that were rejected, or whose people have no place on the map: their number
 * in the file, why, what to do, and the cells as they came.
 */
export async function faultsCsv(
  db: ChapterDb,
  id: ImportId,
  kind: 'rejected' | 'unplaced',
): Promise<CsvExport> {
  const header = await readHeader(db, id);
  return {
    kind,
    header: ['row_in_file', 'reason', 'what_happened', 'what_to_do', ...header],
    rows: faultRows(db, id, kind),
  };
}

async function* faultRows(
  db: ChapterDb,
  id: ImportId,
  kind: 'rejected' | 'unplaced',
): AsyncGenerator<(string | number)[]> {
  for (let after = 0; ;) {
    const page = await readFaults(db, id, kind, after, PAGE);
    for (const { line, reason, cells } of page) {
      const { what, todo } = describeFault(reason);
      yield [line, reason, what, todo, ...cells];
      after = line;
    }
    if (page.length < PAGE) return;
  }
}

/** The file's own header, kept with the import. */
async function readHeader(db: ChapterDb, id: ImportId): Promise<string[]> {
  const row = await db.read
    .selectFrom('imports')
    .select('mapping')
    .where('id', '=', id)
    .executeTakeFirst();
  const kept = JSON.parse(row?.mapping ?? '{}') as Partial<RollMapping> & { header?: string[] };
  return kept.header ?? [];
}
