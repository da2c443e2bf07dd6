import type { ExportKind } from '#shared/model/chapter.ts';
import { harmlessRow } from '#shared/privacy/harmless-cell.ts';
import type { Line } from './stream-out.ts';

export type Cell = string | number | null;

/** Without it Excel reads a CSV file in an older encoding and breaks every accent. */
const BYTE_ORDER_MARK = '\uFEFF';

export interface CsvFile {
  readonly header: readonly string[];
  readonly rows: Iterable<readonly Cell[]> | AsyncIterable<readonly Cell[]>;
}

/** A CSV file for the chapter's own use. */
export interface CsvExport extends CsvFile {
  readonly kind: ExportKind;
}

/** The lines of a CSV file, its header first; no cell runs as a formula. */
export async function* csvLines({ header, rows }: CsvFile): AsyncGenerator<Line> {
  yield { text: BYTE_ORDER_MARK + harmlessRow(header), rows: 0 };
  for await (const row of rows) yield { text: harmlessRow(row), rows: 1 };
}
