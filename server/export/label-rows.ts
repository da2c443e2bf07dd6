import type { OwnUse } from './own-use.ts';
import type { Cell, CsvExport } from './stream-csv.ts';

/** What the file is for stands in each row, so that it stays with a row that is cut out. */
const USE = 'use';

async function* labelled(label: string, rows: CsvExport['rows']): AsyncGenerator<readonly Cell[]> {
  for await (const row of rows) yield [label, ...row];
}

/** The same file with its purpose in front of every row. */
export function labelRows({ kind, header, rows }: CsvExport, { label }: OwnUse): CsvExport {
  return { kind, header: [USE, ...header], rows: labelled(label, rows) };
}
