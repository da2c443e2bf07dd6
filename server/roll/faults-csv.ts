import type { ImportId } from '#shared/kernel/ids.ts';
import type { RollMapping } from '#shared/model/roll.ts';
import { describeFault, faultColumn } from '#shared/roll/describe-fault.ts';
import type { CsvExport } from '../export/stream-csv.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { readFaults } from '../store/roll-rows.ts';

const PAGE = 500;

/**
 * The report of an import as a table: the rows that were rejected, with those that are in the roll
 * but had something left out or put right; or the rows whose people have no place on the map. Each
 * with its line in the file, the column that it is about, why, what to do, and the cells as they came.
 */
export async function faultsCsv(
  db: ChapterDb,
  id: ImportId,
  kind: 'rejected' | 'unplaced',
): Promise<CsvExport> {
  const { header = [], columns = [] } = await readMapping(db, id);
  return {
    kind,
    header: ['line', 'in_the_roll', 'reason', 'column', 'what_happened', 'what_to_do', ...header],
    rows: faultRows(db, id, kind, header, columns),
  };
}

async function* faultRows(
  db: ChapterDb,
  id: ImportId,
  kind: 'rejected' | 'unplaced',
  header: readonly string[],
  columns: RollMapping['columns'],
): AsyncGenerator<(string | number)[]> {
  const kinds = kind === 'rejected' ? (['rejected', 'noted'] as const) : ([kind] as const);
  for (let after = 0; ;) {
    const page = await readFaults(db, id, kinds, after, PAGE);
    for (const { line, kind: which, reason, cells } of page) {
      const { what, todo } = describeFault(reason);
      const at = faultColumn(reason, columns);
      const column = at === null ? '' : header[at] || `column ${at + 1}`;
      yield [line, which === 'rejected' ? 'no' : 'yes', reason, column, what, todo, ...cells];
      after = line;
    }
    if (page.length < PAGE) return;
  }
}

/** How the file was read, with its own header, as kept with the import. */
async function readMapping(
  db: ChapterDb,
  id: ImportId,
): Promise<Partial<RollMapping> & { readonly header?: readonly string[] }> {
  const row = await db.read
    .selectFrom('imports')
    .select('mapping')
    .where('id', '=', id)
    .executeTakeFirst();
  return JSON.parse(row?.mapping ?? '{}') as Partial<RollMapping> & { header?: string[] };
}
