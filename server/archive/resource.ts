import { eachRow } from '../store/each-row.ts';
import type { Sqlite } from '../store/sqlite.ts';

/** Types of a Tabular Data Package (Frictionless, version 1), as far as we write them. */
export type FieldType =
  'string' | 'integer' | 'number' | 'boolean' | 'datetime' | 'object' | 'array';

export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly description: string;
}

/** What a column holds before it is written. Times are ms since 1970, flags 0 or 1. */
export type Value = string | number | null;

export interface ForeignKey {
  readonly fields: readonly string[];
  readonly resource: string;
  readonly to: readonly string[];
}

/** One CSV file of an archive: its columns, in order, what they mean, and where the rows come from. */
export interface ArchiveResource {
  readonly name: string;
  readonly description: string;
  readonly fields: readonly Field[];
  readonly primaryKey: readonly string[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly rows: (sqlite: Sqlite) => Iterable<readonly Value[]>;
}

/** A column by its name, its type and what it means. */
export const field = (name: string, type: FieldType, description: string): Field => ({
  name,
  type,
  description,
});

/** A column that names a row of another file. */
export const refers = (name: string, resource: string, to = 'id'): ForeignKey => ({
  fields: [name],
  resource,
  to: [to],
});

/** The rows of one question, their columns in the order in which it names them. */
export function fromSql(text: string): ArchiveResource['rows'] {
  return function* rows(sqlite) {
    for (const row of eachRow<Record<string, Value>>(sqlite.prepare(text))) {
      yield Object.values(row);
    }
  };
}
