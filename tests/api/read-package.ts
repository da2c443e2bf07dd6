import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';

interface PackageField {
  readonly name: string;
  readonly type: string;
  readonly description: string;
  readonly constraints?: { readonly required?: boolean };
}

interface PackageResource {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly hash: string;
  readonly rows: number;
  readonly schema: {
    readonly fields: readonly PackageField[];
    readonly primaryKey: readonly string[];
    readonly foreignKeys: readonly {
      readonly fields: readonly string[];
      readonly reference: { readonly resource: string; readonly fields: readonly string[] };
    }[];
  };
}

type Row = Readonly<Record<string, string>>;

const isJson = (text: string, list: boolean): boolean => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && Array.isArray(value) === list;
  } catch {
    return false;
  }
};

/** What each type of the standard takes, by its own words. */
const TYPES: Readonly<Record<string, (text: string) => boolean>> = {
  string: () => true,
  integer: (text) => /^[+-]?\d+$/.test(text),
  number: (text) => /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text),
  boolean: (text) => text === 'true' || text === 'false',
  datetime: (text) =>
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) && !Number.isNaN(Date.parse(text)),
  object: (text) => isJson(text, false),
  array: (text) => isJson(text, true),
};

/** One table of a package as any reader of CSV has it. */
export function readTable(folder: string, path: string): Row[] {
  const text = readFileSync(join(folder, path), 'utf8');
  const { data, errors } = Papa.parse<Row>(text, { header: true, skipEmptyLines: true });
  if (errors.length > 0) throw new Error(`${path}: ${JSON.stringify(errors[0])}`);
  return data;
}

const keyOf = (row: Row, fields: readonly string[]): string =>
  JSON.stringify(fields.map((name) => row[name]));

/**
 * Holds every row of every table against its schema, as the standard says: columns, types, required
 * cells, primary and foreign keys. Gives what is not true of it, and how many rows each table has.
 */
export function checkPackage(folder: string): {
  faults: string[];
  rows: Record<string, number>;
} {
  const { resources } = JSON.parse(readFileSync(join(folder, 'datapackage.json'), 'utf8')) as {
    resources: PackageResource[];
  };
  const faults: string[] = [];
  const tables = new Map(resources.map((one) => [one.name, readTable(folder, one.path)]));
  for (const { name, path, schema, rows: said } of resources) {
    const rows = tables.get(name) ?? [];
    const { fields, primaryKey, foreignKeys } = schema;
    const header = readFileSync(join(folder, path), 'utf8').split('\r\n')[0];
    if (header !== fields.map((one) => one.name).join(',')) faults.push(`${path}: another header`);
    if (rows.length !== said) faults.push(`${path}: ${rows.length} rows, not ${said}`);
    for (const one of fields)
      if (one.description === '') faults.push(`${path}: ${one.name}: no word`);
    const keys = new Set<string>();
    for (const [i, row] of rows.entries()) {
      for (const { name: cell, type, constraints } of fields) {
        const text = row[cell] ?? '';
        const fits = text === '' ? constraints?.required !== true : TYPES[type]?.(text) === true;
        if (!fits) faults.push(`${path}:${i + 2}: ${cell} is no ${type}: ${text.slice(0, 40)}`);
      }
      const key = keyOf(row, primaryKey);
      if (keys.has(key)) faults.push(`${path}:${i + 2}: the key comes twice`);
      keys.add(key);
    }
    for (const { fields: from, reference } of foreignKeys) {
      const there = new Set(
        (tables.get(reference.resource) ?? []).map((row) => keyOf(row, reference.fields)),
      );
      for (const [i, row] of rows.entries()) {
        if (from.every((cell) => row[cell] === '') || there.has(keyOf(row, from))) continue;
        faults.push(`${path}:${i + 2}: ${from.join()} names nothing of ${reference.resource}`);
      }
    }
  }
  return { faults, rows: Object.fromEntries(resources.map((one) => [one.name, one.rows])) };
}
