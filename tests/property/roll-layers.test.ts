import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { draftPaths } from '../../server/roll/layer-draft.ts';
import { openSqlite } from '../../server/store/sqlite.ts';
import { LayerHarness, type LayerFile } from './layer-harness.ts';
import { RollHarness, rolls } from './roll-harness.ts';

let roll: RollHarness;
let layers: LayerHarness;
beforeAll(async () => {
  roll = await RollHarness.open();
  layers = new LayerHarness(roll);
});
afterAll(async () => {
  layers.close();
  await roll.close();
});

const one = (...words: string[]): fc.Arbitrary<string> => fc.constantFrom(...words);

test('a layer stays with its people, and appending it again changes nothing, whatever rolls come and go', async () => {
  const ids = fc.uniqueArray(one('A1', 'A2', 'A3', 'A4', 'A5', 'Z9'), { minLength: 1 });
  const step = fc.record({
    rows: rolls,
    what: fc.constantFrom('at once', 'apply', 'undo', 'throw away'),
  });
  await roll.importRows(
    ['A1', 'A2', 'A3', 'A4', 'A5'].map((id) => [id, 'Doe', '40', '1', 'Main St', '', '42', '', '']),
  );
  const scores = (some: readonly string[]): LayerFile => ({
    header: ['id', 'score', 'group'],
    rows: some.map((id, at) => [id, String(at / 4), at % 2 === 0 ? 'warm' : '']),
    who: [[0, 'voter-id']],
    columns: [
      { column: 1, name: 'score', kind: 'number' },
      { column: 2, name: 'group', kind: 'word' },
    ],
    how: 'id',
  });
  await fc.assert(
    fc.asyncProperty(ids, fc.array(step, { maxLength: 2 }), async (some, steps) => {
      const first = await layers.match(scores(some));
      await layers.keep(first.id, 'Scores');
      const kept = layers.values();
      expect(kept.length).toBe(first.preview.columns.reduce((sum, { given }) => sum + given, 0));
      for (const { rows, what } of steps) {
        const { id } = await roll.importRows(rows, { atOnce: what === 'at once' });
        if (what === 'throw away') await roll.discard(id);
        else if (what !== 'at once') await roll.flip(id, 'apply');
        if (what === 'undo') {
          await roll.flip(id, 'undo');
          await roll.discard(id);
        }
        expect(layers.values()).toEqual(kept);
      }
      const again = await layers.match(scores(some));
      expect(again.preview.counts).toEqual(first.preview.counts);
      await layers.keep(again.id, 'Scores');
      expect(layers.values()).toEqual(kept);
    }),
    { numRuns: 6 },
  );
});

test('no two people for a row and no two rows for a person; every row is accounted for', async () => {
  const person = fc.record({
    first: one('Robert', 'Bob', 'Roberta', 'R', 'Ana', 'Anna', 'María'),
    middle: one('', 'J', 'Lee'),
    last: one('Smith', 'Smyth', 'Garcia', 'Garcia Lopez', 'O’Hara'),
    suffix: one('', 'Jr', 'Sr'),
    number: one('12', '12A', '14'),
    street: one('Main St', 'Main Street', 'Main Ave', 'N Main St', 'Mian St', '1st St'),
    unit: one('', '1', '2'),
    zip: one('', '02139', '02140'),
    id: one('', 'P1', 'P2', 'nobody'),
    score: one('', '1', '2', 'x'),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(person, { maxLength: 8 }),
      fc.array(person, { minLength: 1, maxLength: 12 }),
      fc.constantFrom('id', 'name', 'both'),
      async (people, rows, how) => {
        fillRoll(people);
        const cells = rows.map((row) => Object.values(row));
        const { id, preview } = await layers.match({
          header: Object.keys(rows[0] ?? {}),
          rows: cells,
          who: [
            [0, 'first-name'],
            [1, 'middle-name'],
            [2, 'last-name'],
            [3, 'name-suffix'],
            [4, 'house-number'],
            [5, 'street-name'],
            [6, 'unit'],
            [7, 'zip'],
            [8, 'voter-id'],
          ],
          columns: [{ column: 9, name: 'score', kind: 'number' }],
          how,
        });
        const { counts } = preview;
        const { byId, exact, tolerant, ambiguous, unmatched, rejected, repeated, erased } = counts;
        expect(counts.rows).toBe(rows.length);
        expect(byId + exact + tolerant + ambiguous + unmatched + rejected + repeated + erased).toBe(
          rows.length,
        );
        const draft = openSqlite(draftPaths(roll.db, id).values);
        const found = draft.prepare('select line, person_key as key, who from found').all() as {
          line: number;
          key: number;
          who: string;
        }[];
        const left = draft.prepare(`select line from left_out where kind <> 'noted'`).all() as {
          line: number;
        }[];
        draft.close();
        expect(new Set(found.map(({ key }) => key)).size).toBe(found.length);
        expect(found.length).toBe(byId + exact + tolerant);
        const lines = [...found, ...left].map(({ line }) => line);
        expect(new Set(lines).size).toBe(lines.length);
        expect(lines.length + repeated).toBe(rows.length);
        for (const { line, key } of found) {
          const row = rows[line - 2];
          if (row === undefined || how === 'id' || ['P1', 'P2'].includes(row.id)) continue;
          // Whoever is there twice by all that the row says is never guessed.
          const twins = people.filter(
            (other) =>
              other.first === row.first &&
              other.last === row.last &&
              other.street === row.street &&
              other.number === row.number &&
              other.zip === row.zip &&
              other.unit === row.unit &&
              (row.middle === '' || other.middle === row.middle || other.middle === '') &&
              (row.suffix === '' || other.suffix === row.suffix || other.suffix === ''),
          );
          expect(twins.length, JSON.stringify([row, key])).toBeLessThanOrEqual(1);
        }
      },
    ),
    { numRuns: 25 },
  );
});

/** Writes people straight into the chapter in the place of those of before. */
function fillRoll(people: readonly Readonly<Record<string, string>>[]): void {
  const { sqlite } = roll;
  sqlite.exec(`delete from layer_values; delete from universe_rows; delete from voted;
    delete from voters; delete from people; delete from doors; delete from buildings`);
  for (const [at, one] of people.entries()) {
    const key = at + 1;
    sqlite
      .prepare(
        `insert into buildings (key, id, address_key, number, street, city, zip, grade)
          values (?, ?, ?, ?, ?, 'Oakdale', ?, 'none')`,
      )
      .run(key, `b${key}`, `k${key}`, one['number'] ?? '', one['street'] ?? '', one['zip'] ?? '');
    sqlite
      .prepare('insert into doors (key, id, building_key, unit, unit_key) values (?, ?, ?, ?, ?)')
      .run(key, `d${key}`, key, one['unit'] ?? '', one['unit'] ?? '');
    sqlite
      .prepare(
        `insert into people (key, id, kind, source_id, door_key) values (?, ?, 'voter', ?, ?)`,
      )
      .run(key, `p${key}`, `P${key}`, key);
    sqlite
      .prepare(
        `insert into voters (person_key, import_id, line, first_name, middle_name, last_name,
          name_suffix, address) values (?, '', ?, ?, ?, ?, ?, '')`,
      )
      .run(
        key,
        key,
        one['first'] ?? '',
        one['middle'] ?? '',
        one['last'] ?? '',
        one['suffix'] ?? '',
      );
  }
}
