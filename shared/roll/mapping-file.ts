import type { RollField } from '../model/roll.ts';
import type { SavedColumn } from '../model/saved-mapping.ts';

const FORMAT = 'homeground-mapping-1';

/** What columns mean as the text of a file, for another chapter or the next server. */
export function writeMappingFile(columns: readonly SavedColumn[]): string {
  return JSON.stringify({ format: FORMAT, columns }, null, 2);
}

/**
 * The columns of a file that was saved at a desk, or of the report of `roll inspect --json`; null for
 * any other file. What is no column of ours is left out. `isField` knows the meanings of columns.
 */
export function readMappingFile(
  text: string,
  isField: (name: string) => name is RollField,
): SavedColumn[] | null {
  try {
    const said = JSON.parse(text) as { format?: unknown; columns?: unknown } | null;
    const { format, columns } = said ?? {};
    if (!Array.isArray(columns) || (format !== undefined && format !== FORMAT)) return null;
    return columns.flatMap((one: unknown, at) => readColumn(one, at, isField));
  } catch {
    return null;
  }
}

function readColumn(
  one: unknown,
  at: number,
  isField: (name: string) => name is RollField,
): SavedColumn[] {
  if (typeof one !== 'object' || one === null) return [];
  // A report names its columns in their order and does not number them.
  const { name, column = at, field, election } = one as Record<string, unknown>;
  if (typeof name !== 'string' || typeof field !== 'string' || !isField(field)) return [];
  if (typeof column !== 'number' || !Number.isInteger(column) || column < 0) return [];
  if (election === undefined) return [{ name, column, field }];
  return typeof election === 'string' && election.length <= 80
    ? [{ name, column, field, election }]
    : [];
}
