import type { ImportId } from '#shared/kernel/ids.ts';
import type { AppliedMapping, RollMapping } from '#shared/model/roll.ts';
import { damagedColumn } from '#shared/roll/damaged-column.ts';
import { describeFault, faultColumn } from '#shared/roll/describe-fault.ts';
import type { CsvExport } from '../export/stream-csv.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { readFaults } from '../store/roll-rows.ts';
import { findLeftOut } from './unread-columns.ts';

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
  const mapping = await readMapping(db, id);
  const { header = [], columns = [] } = mapping;
  return {
    kind,
    header: ['line', 'in_the_roll', 'reason', 'column', 'what_happened', 'what_to_do', ...header],
    rows: faultRows(db, id, kind, header, columns, kind === 'rejected' ? leftOutRows(mapping) : []),
  };
}

/** A row for each column that was not read: it is about the line of the header. */
function leftOutRows(mapping: KeptMapping): (string | number)[][] {
  const { header = [], columns = [], layout = null, delimiter = ',', headerLine = 1 } = mapping;
  const { withheld = [] } = mapping;
  const left = findLeftOut(header, { layout, delimiter, headerLine, withheld }, columns);
  return left.map(({ column, reason }) => {
    const { what, todo } = describeFault(reason);
    const name = header[column] || `column ${column + 1}`;
    return [headerLine, 'no', reason, name, what, todo, ...header.map(() => '')];
  });
}

async function* faultRows(
  db: ChapterDb,
  id: ImportId,
  kind: 'rejected' | 'unplaced',
  header: readonly string[],
  columns: RollMapping['columns'],
  first: readonly (string | number)[][],
): AsyncGenerator<(string | number)[]> {
  yield* first;
  const kinds = kind === 'rejected' ? (['rejected', 'noted'] as const) : ([kind] as const);
  for (let after = 0; ;) {
    const page = await readFaults(db, id, kinds, after, PAGE);
    for (const { line, kind: which, reason, cells } of page) {
      const { what, todo } = describeFault(reason);
      const at = damagedColumn(reason, cells, header.length) ?? faultColumn(reason, columns);
      const column = at === null ? '' : header[at] || `column ${at + 1}`;
      yield [line, which === 'rejected' ? 'no' : 'yes', reason, column, what, todo, ...cells];
      after = line;
    }
    if (page.length < PAGE) return;
  }
}

type KeptMapping = Partial<AppliedMapping> & { readonly header?: readonly string[] };

/** How the file was read, with its own header, as kept with the import. */
async function readMapping(db: ChapterDb, id: ImportId): Promise<KeptMapping> {
  const row = await db.read
    .selectFrom('imports')
    .select('mapping')
    .where('id', '=', id)
    .executeTakeFirst();
  return JSON.parse(row?.mapping ?? '{}') as KeptMapping;
}
