import * as fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChapterId, ImportId } from '#shared/kernel/ids.ts';
import { makeId } from '#shared/kernel/ids.ts';
import { seededBytes, seededDice } from '#shared/kernel/random.ts';
import type { ImportReport, RollField, RollMapping } from '#shared/model/roll.ts';
import { runImport } from '../../server/roll/run-import.ts';
import { settleRoll } from '../../server/roll/run-import.ts';
import { SqliteChapterDb } from '../../server/store/sqlite-chapter-db.ts';
import { inTransaction } from '../../server/store/in-transaction.ts';
import { addImport } from '../../server/store/roll-rows.ts';
import { openSqlite, type Sqlite } from '../../server/store/sqlite.ts';

const FIELDS: readonly RollField[] = [
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

let dir: string;
let db: SqliteChapterDb;
let sqlite: Sqlite;
let imports = 0;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'homeground-roll-'));
  const id = makeId<ChapterId>(1, seededBytes(seededDice(1)));
  db = await SqliteChapterDb.open(id, join(dir, 'chapter.db'));
  sqlite = openSqlite(db.path);
  // No power will be cut here, and a hundred imports sync a thousand times.
  sqlite.exec('PRAGMA synchronous = OFF');
});
afterAll(async () => {
  sqlite.close();
  await db.close();
  rmSync(dir, { recursive: true, force: true });
});

type Row = readonly string[];

/** Imports these rows, and dies at a turn when asked to; null when it died. */
async function importRows(rows: readonly Row[], dieAt = Infinity): Promise<ImportReport | null> {
  const importId = `import-${++imports}` as ImportId;
  const path = join(dir, 'roll.txt');
  const header = [...FIELDS, 'General24', 'Primary24'].join('\t');
  writeFileSync(path, [header, ...rows.map((row) => row.join('\t')), ''].join('\n'));
  const about = { fileName: 'roll.txt', sha256: '', bytes: 1, startedBy: '', startedAt: imports };
  await addImport(db, { id: importId, ...about, mapping: { ...MAPPING, header: [] } });
  let turns = 0;
  const inTurn = async <T>(work: () => T): Promise<T> => {
    if (++turns > dieAt) throw new Error('died');
    return inTransaction(sqlite, work);
  };
  const job = {
    importId,
    target: { engine: 'sqlite' as const, path: db.path },
    path,
    mapping: MAPPING,
    historyPaths: [],
    today: '2026-11-22',
  };
  const ports = { inTurn, onProgress: () => {}, cancelled: () => false, clock: () => imports };
  try {
    return await runImport(sqlite, job, ports);
  } catch (error) {
    if (error instanceof Error && error.message === 'died') return null;
    throw error;
  }
}

/** The roll that stands, by what it says rather than by its keys. */
function readRoll(): string[] {
  return sqlite
    .prepare(
      `select p.id || ' ' || d.id || ' ' || b.id || ' ' || v.last_name || ' ' || coalesce(v.age, '-') || ' ' ||
        coalesce((select group_concat(election || method) from (select * from voted t
          where t.person_key = v.person_key order by election)), '') as line
      from voters v join people p on p.key = v.person_key join doors d on d.key = p.door_key
        join buildings b on b.key = d.building_key order by 1`,
    )
    .all()
    .map((row) => (row as { line: string }).line);
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
const rolls = fc.array(row, { maxLength: 12 }).map((rows): Row[] => [...rows, SOMEBODY]);

test('every row is a person, a repetition or a rejection, and importing again changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(rolls, async (rows) => {
      const first = await importRows(rows);
      const stands = readRoll();
      const again = await importRows(rows);
      expect(first?.rows).toBe(rows.length);
      if (first === null || again === null) throw new Error('died');
      expect(first.people + first.repeated + first.rejected).toBe(first.rows);
      const { exact, tolerant, interpolated, given } = first.placed;
      expect(exact + tolerant + interpolated + given + first.unplaced).toBe(first.people);
      expect(stands).toHaveLength(first.people);
      expect(again).toMatchObject({ same: first.people, added: 0, changed: 0, gone: 0 });
      expect(readRoll()).toEqual(stands);
    }),
    { numRuns: 60 },
  );
});

test('an import that dies at any moment leaves the old roll or the new one, never a mixture', async () => {
  await fc.assert(
    fc.asyncProperty(rolls, rolls, fc.integer({ min: 0, max: 9 }), async (old, next, dieAt) => {
      await importRows(old);
      const before = readRoll();
      const died = (await importRows(next, dieAt)) === null;
      const id = `import-${imports}` as ImportId;
      const entry = sqlite.prepare('select report from imports where id = ?').get(id) as {
        report: string | null;
      };
      if (died && entry.report === null) {
        expect(readRoll()).toEqual(before);
        return;
      }
      // The new roll stands already: what is left to do is done at the next start.
      const ports = {
        inTurn: async <T>(work: () => T) => inTransaction(sqlite, work),
        clock: () => 1,
      };
      if (died) await settleRoll(sqlite, id, ports);
      const after = readRoll();
      await importRows(next);
      expect(readRoll()).toEqual(after);
    }),
    { numRuns: 60 },
  );
});
