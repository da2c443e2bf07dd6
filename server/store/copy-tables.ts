import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Cell, Row } from './postgres-rows.ts';
import type { Tables } from './tables.ts';

/** Every table of a chapter, those that others refer to first. */
export const ALL_TABLES = [
  'chapter',
  'clock',
  'campaigns',
  'members',
  'sign_in_links',
  'sessions',
  'passkeys',
  'recovery_codes',
  'challenges',
  'devices',
  'device_epochs',
  'map_layers',
  'address_points',
  'settled_places',
  'saved_mappings',
  'imports',
  'import_faults',
  'buildings',
  'doors',
  'found_twins',
  'people',
  'voters',
  'voted',
  'elections',
  'roll_moves',
  'person_merges',
  'merged_people',
  'not_same',
  'duplicate_searches',
  'duplicate_pairs',
  'layers',
  'layer_sets',
  'layer_values',
  'layer_left_out',
  'residents',
  'opt_outs',
  'door_opt_outs',
  'universe_rows',
  'universe_rows_of',
  'election_slots',
  'universes',
  'universe_people',
  'turfs',
  'turf_doors',
  'turf_targets',
  'turf_sets',
  'turf_set_turfs',
  'shifts',
  'assignments',
  'invites',
  'scripts',
  'script_versions',
  'tags',
  'petitions',
  'follow_up_states',
  'asked_words',
  'ops',
  'field_of',
  'field_people',
  'field_doors',
  'field_answers',
  'field_tags',
  'field_named',
  'field_faces',
  'held_ops',
  'exports',
  'audit',
  'audit_heads',
  'suppressions',
  'opt_out_clears',
  'erasures',
  'sweeps',
  'consents',
  'shares',
  'backups',
] as const satisfies readonly (keyof Tables)[];

export type TableName = (typeof ALL_TABLES)[number];

/** Rows that travel together. */
const CHUNK = 1000;

/** What a table holds, whatever the order of its rows. */
export interface TableSum {
  readonly rows: number;
  /** Hex: the first 128 bits of each row's SHA-256, added up. */
  readonly sum: string;
}

/** Takes rows of one table; all of a call have the same columns. */
export type Sink = (table: TableName, rows: readonly Row[]) => Promise<void>;

function plain(cell: Cell): string | null {
  if (cell === null) return null;
  if (cell instanceof Uint8Array) return `x${Buffer.from(cell).toString('hex')}`;
  return typeof cell === 'string' ? `t${cell}` : `n${cell}`;
}

class Summing {
  rows = 0;
  #sum = 0n;

  add(row: Row): void {
    const names = Object.keys(row).sort();
    const text = JSON.stringify(names.map((name) => [name, plain(row[name] ?? null)]));
    const digest = createHash('sha256').update(text).digest();
    this.#sum += (digest.readBigUInt64BE(0) << 64n) | digest.readBigUInt64BE(8);
    this.rows += 1;
  }

  get sum(): TableSum {
    const sum = BigInt.asUintN(128, this.#sum).toString(16).padStart(32, '0');
    return { rows: this.rows, sum };
  }
}

/**
 * A row as any engine can hold it: a driver of SQLite's cuts a text at its first NUL, so that the sign
 * for it stands there instead. Facts have none: they are JSON, or bytes while they are held.
 */
export function withoutNul(row: Row): Row {
  const texts = Object.entries(row).filter(
    ([, cell]) => typeof cell === 'string' && cell.includes('\0'),
  );
  if (texts.length === 0) return row;
  const shown = texts.map(([name, cell]) => [name, String(cell).replaceAll('\0', '\u2400')]);
  return { ...row, ...(Object.fromEntries(shown) as Row) };
}

/**
 * Hands every row of a chapter on, in the shape that its goal can hold, and says what each table held
 * in that shape. One snapshot is asked for.
 */
export async function copyTables(
  from: Kysely<Tables>,
  sink: Sink,
  shape: (row: Row) => Row = (row) => row,
): Promise<ReadonlyMap<TableName, TableSum>> {
  const sums = new Map<TableName, TableSum>();
  for (const table of ALL_TABLES) {
    const summing = new Summing();
    const query = sql<Row>`select * from ${sql.table(table)}`.compile(from);
    let waiting: Row[] = [];
    for await (const { rows } of from.getExecutor().stream<Row>(query, CHUNK)) {
      for (const each of rows) {
        const row = shape(each);
        summing.add(row);
        waiting.push(row);
      }
      if (waiting.length < CHUNK) continue;
      await sink(table, waiting);
      waiting = [];
    }
    if (waiting.length > 0) await sink(table, waiting);
    sums.set(table, summing.sum);
  }
  return sums;
}

/** What each table of a chapter holds. */
export function sumTables(from: Kysely<Tables>): Promise<ReadonlyMap<TableName, TableSum>> {
  return copyTables(from, () => Promise.resolve());
}

/** The tables in which two chapters differ. */
export function findDifferences(
  one: ReadonlyMap<TableName, TableSum>,
  other: ReadonlyMap<TableName, TableSum>,
): TableName[] {
  return ALL_TABLES.filter((table) => {
    const [a, b] = [one.get(table), other.get(table)];
    return a?.rows !== b?.rows || a?.sum !== b?.sum;
  });
}
