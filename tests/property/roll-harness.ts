import * as fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChapterId, type ImportId, makeId } from '#shared/kernel/ids.ts';
import { seededBytes, seededDice } from '#shared/kernel/random.ts';
import type { ImportReport, RollField, RollFlip, RollMapping } from '#shared/model/roll.ts';
import { endFlip } from '../../server/roll/end-flip.ts';
import { flipRoll } from '../../server/roll/flip-roll.ts';
import { discardStage, runImport } from '../../server/roll/run-import.ts';
import { inTransaction } from '../../server/store/in-transaction.ts';
import { addImport } from '../../server/store/roll-rows.ts';
import { openSqlite, type Sqlite } from '../../server/store/sqlite.ts';
import { SqliteChapterDb } from '../../server/store/sqlite-chapter-db.ts';

export const FIELDS: readonly RollField[] = [
  'voter-id',
  'last-name',
  'age',
  'house-number',
  'street-name',
  'unit',
  'zip',
];
const MAPPING: RollMapping = {
  encoding: 'utf-8',
  delimiter: '\t',
  layout: null,
  columns: [
    ...FIELDS.map((field, column) => ({ column, field })),
    { column: 7, field: 'voted', election: 'General 2024' },
    { column: 8, field: 'voted', election: 'Primary 2024' },
  ],
};

export type Row = readonly string[];

/** How an import ended; `died` is the turn at which it was made to. */
export interface Ended {
  readonly id: ImportId;
  readonly kind: 'died' | 'flipped' | 'ready';
  readonly report: ImportReport | null;
}

/** A chapter whose imports run in this thread, so that hundreds of them are tried in a second. */
export class RollHarness {
  readonly db: SqliteChapterDb;
  readonly sqlite: Sqlite;
  readonly #dir: string;
  #imports = 0;

  private constructor(dir: string, db: SqliteChapterDb) {
    this.#dir = dir;
    this.db = db;
    this.sqlite = openSqlite(db.path);
    // No power will be cut here, and a hundred imports sync a thousand times.
    this.sqlite.exec('PRAGMA synchronous = OFF');
  }

  static async open(): Promise<RollHarness> {
    const dir = mkdtempSync(join(tmpdir(), 'homeground-roll-'));
    const id = makeId<ChapterId>(1, seededBytes(seededDice(1)));
    const db = await SqliteChapterDb.open(id, join(dir, 'chapter.db'));
    await db.write((trx) =>
      trx
        .insertInto('chapter')
        .values({
          id,
          slug: 'x',
          name: 'X',
          time_zone: 'UTC',
          incarnation: '',
          secret: new Uint8Array(32),
          demo: 0,
          created_at: 0,
        } as never)
        .execute(),
    );
    await db.write((trx) => trx.insertInto('clock').values({ only: 1, seq: 0 }).execute());
    await db.exclusive((sqlite) => sqlite.exec('PRAGMA synchronous = OFF'));
    return new RollHarness(dir, db);
  }

  /** The moment of the last import. */
  get now(): number {
    return this.#imports;
  }

  async close(): Promise<void> {
    this.sqlite.close();
    await this.db.close();
    rmSync(this.#dir, { recursive: true, force: true });
  }

  #inTurn(dieAt: number): <T>(work: () => T) => Promise<T> {
    let turns = 0;
    return async (work) => {
      if (++turns > dieAt) throw new Error('died');
      return inTransaction(this.sqlite, work);
    };
  }

  /** Imports these rows, which then stand or wait, and dies at a turn when asked to. */
  async importRows(rows: readonly Row[], { atOnce = true, dieAt = Infinity } = {}): Promise<Ended> {
    const at = ++this.#imports;
    const id = `import-${at}` as ImportId;
    const path = join(this.#dir, 'roll.txt');
    const header = [...FIELDS, 'General24', 'Primary24'].join('\t');
    writeFileSync(path, [header, ...rows.map((row) => row.join('\t')), ''].join('\n'));
    const about = { fileName: 'roll.txt', sha256: '', bytes: 1, startedBy: '', startedAt: at };
    await addImport(this.db, { id, ...about, mapping: { ...MAPPING, header: [] } });
    const job = {
      kind: 'import' as const,
      importId: id,
      target: { engine: 'sqlite' as const, path: this.db.path },
      path,
      mapping: MAPPING,
      historyPaths: [],
      today: '2026-11-22',
      atOnce,
      placements: null,
    };
    const inTurn = this.#inTurn(dieAt);
    const ports = { inTurn, onProgress: () => {}, cancelled: () => false, clock: () => at };
    try {
      const done = await runImport(this.sqlite, job, ports);
      if (done === null) throw new Error('Nobody cancelled it.');
      if (done.kind === 'flipped') await endFlip(this.db, id, at);
      return { id, ...done };
    } catch (error) {
      if (error instanceof Error && error.message === 'died')
        return { id, kind: 'died', report: null };
      throw error;
    }
  }

  /** Applies the roll that waits, or takes back the one that stands; says false when it died. */
  async flip(id: ImportId, flip: RollFlip, dieAt = Infinity): Promise<boolean> {
    try {
      const job = { importId: id, flip, by: null };
      await flipRoll(this.sqlite, job, { inTurn: this.#inTurn(dieAt) });
    } catch (error) {
      if (error instanceof Error && error.message === 'died') return false;
      throw error;
    }
    await endFlip(this.db, id, this.#imports);
    return true;
  }

  /** Throws the roll away that waits. */
  async discard(id: ImportId): Promise<void> {
    this.sqlite.prepare(`update imports set state = 'cancelled' where id = ?`).run(id);
    await discardStage(this.sqlite, this.#inTurn(Infinity));
  }

  /** Rows as lines, sorted: of one statement with the column `line`. */
  lines(sql: string): string[] {
    return this.sqlite
      .prepare(sql)
      .all()
      .map((row) => String((row as { line: unknown }).line))
      .sort();
  }

  /** The roll that stands, by what it says rather than by its keys. */
  readRoll(): string[] {
    return this.lines(`select p.id || ' ' || d.id || ' ' || b.id || ' ' || v.last_name || ' ' ||
      coalesce(v.age, '-') || ' ' || coalesce(v.precinct, '-') || ' ' || v.address || ' ' ||
      coalesce((select group_concat(election || method) from (select * from voted t
        where t.person_key = v.person_key order by election)), '') as line
      from voters v join people p on p.key = v.person_key join doors d on d.key = p.door_key
        join buildings b on b.key = d.building_key`);
  }

  /** All of the roll that stands, to the last column: what an undo brings back. */
  readExactly(): string[] {
    return [
      ...this.lines(`select json_array(person_key, import_id, line, first_name, last_name, age,
        precinct, address, adult_on) as line from voters`),
      ...this.lines('select json_array(person_key, election, method) as line from voted'),
      ...this.lines('select json_array(name, label, sort_key) as line from elections'),
      ...this.lines(`select json_array(building_key, door_key, person_key, placed, age, party,
        precinct, adult_on) as line from universe_rows`),
      ...this.lines(`select json_array(v.person_key, p.door_key, b.lon, b.lat, b.grade, b.precinct)
        as line from voters v join people p on p.key = v.person_key
        join doors d on d.key = p.door_key join buildings b on b.key = d.building_key`),
      ...this.lines('select import_id as line from universe_rows_of'),
    ];
  }
}

const cell = (...words: string[]): fc.Arbitrary<string> => fc.constantFrom(...words);
const row: fc.Arbitrary<Row> = fc
  .tuple(
    cell('', 'A1', 'A2', 'A3', 'A4', 'A5', 'A6'),
    cell('', 'DOE', "O'Hara", 'Núñez'),
    cell('', '17', '40', '200', 'x'),
    cell('', '1', '12', '12A', '128 1/2', '0012'),
    cell('', 'Main St', 'MAIN STREET', 'N Main', 'Elm Ave #3', 'PO Box 7'),
    cell('', '3A', 'Apt 3-a', '#3A', 'Lot 7'),
    cell('', '42', '00042', '02140-1234'),
    cell('', 'Y', 'N', 'P'),
    cell('', 'A'),
    fc.constantFrom<string[]>([], [], [], [''], ['more']),
  )
  .map(([a, b, c, d, e, f, g, h, i, extra]) => [a, b, c, d, e, f, g, h, i, ...extra]);
const SOMEBODY: Row = ['A0', 'Roe', '50', '1', 'Main St', '', '42', '', ''];

/** Rolls of a few people at a few doors, some rows of them with faults; nobody is never nobody. */
export const rolls = fc.array(row, { maxLength: 12 }).map((rows): Row[] => [...rows, SOMEBODY]);
