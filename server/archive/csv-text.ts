import { harmlessRow } from '#shared/privacy/harmless-cell.ts';
import type { Sqlite } from '../store/sqlite.ts';
import type { ArchiveResource, FieldType, Value } from './resource.ts';

/** A value as its type is written: times in whole seconds of UTC, flags as words, absent as nothing. */
function toCell(type: FieldType, value: Value): string | number | null {
  if (value === null) return null;
  if (type === 'boolean') return value === 0 || value === '' ? 'false' : 'true';
  if (type === 'datetime') return `${new Date(Number(value)).toISOString().slice(0, 19)}Z`;
  return value;
}

/** A resource as the text of a CSV file, and how many rows it has had so far. */
export class CsvText {
  rows = 0;
  readonly #resource: ArchiveResource;
  readonly #sqlite: Sqlite;

  constructor(resource: ArchiveResource, sqlite: Sqlite) {
    this.#resource = resource;
    this.#sqlite = sqlite;
  }

  *[Symbol.iterator](): Generator<string> {
    const { fields, rows } = this.#resource;
    yield harmlessRow(fields.map(({ name }) => name));
    for (const row of rows(this.#sqlite)) {
      this.rows += 1;
      yield harmlessRow(fields.map(({ type }, i) => toCell(type, row[i] ?? null)));
    }
  }
}
