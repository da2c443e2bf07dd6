import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEMO_TERMS, NOT_KNOWN, type Terms } from '#shared/model/rules.ts';
import type { SavedColumn } from '#shared/model/saved-mapping.ts';
import { faultsCsv } from '../../server/roll/faults-csv.ts';
import { findRollFiles } from '../../server/roll/find-roll-files.ts';
import { importRollFile } from '../../server/roll/import-roll-file.ts';
import { loadPlace } from '../../server/roll/load-place.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { makeApp, type TestApp } from './make-app.ts';

const LARKFIELD = fileURLToPath(new URL('../../fixtures/larkfield', import.meta.url));
const dir = mkdtempSync(join(tmpdir(), 'roll-command-'));
const [roll, placements] = [join(dir, 'roll.txt'), join(dir, 'placements.csv')];

let server: TestApp;
let db: ChapterDb;

beforeAll(async () => {
  server = await makeApp();
  db = await server.makeChapter('larkfield');
  await loadPlace(db, findRollFiles(LARKFIELD).place);
});
afterAll(async () => {
  await server.close();
  rmSync(dir, { recursive: true });
});

/** Names that mean nothing to us, one column of what nobody may keep, one that no law is known to allow. */
const HEADER = 'Kennung^Familie^Rufname^Wohnung^Nummer^Geboren\n';
const MEANINGS: readonly SavedColumn[] = (
  ['voter-id', 'last-name', 'first-name', 'address-line', 'phone', 'birth-date'] as const
).map((field, column) => ({ name: HEADER.trim().split('^')[column] ?? '', column, field }));
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

async function importIt(columns: readonly SavedColumn[] | null) {
  const { clock, random } = server.ports;
  const terms: Terms = { ...DEMO_TERMS, state: NOT_KNOWN };
  const means = { clock, random, columns, placements, terms, apply: true };
  const ended = await importRollFile(db, roll, means);
  if (!ended.ok) throw new Error(ended.problem.code);
  return ended.value;
}

test('meanings that somebody gives are kept for the next file, and each record has its row of placements', async () => {
  writeFileSync(
    roll,
    Buffer.concat([
      Buffer.from(`${HEADER}V1^Peña^Jo^100 Alder Ave^078-05-1120^01/02/1970\n`),
      latin1('V2^Muñoz^Al^102 Alder Ave^078-05-1121^01/02/1971\n'),
      Buffer.from(
        '1.2E+11^Roe^Al^104 Alder Ave^078-05-1122^\nV1^Again^Jo^1 Elm St^^\nV5^Far^Jo^^^\n',
      ),
    ]),
  );
  const { id, report } = await importIt(MEANINGS);
  expect(report).toMatchObject({ rows: 5, people: 2, repeated: 1, rejected: 2 });
  const written = readFileSync(placements, 'utf8').trim().split('\r\n').slice(1);
  expect(written.map((line) => line.split(',').slice(0, 4).join())).toEqual([
    '2,V1,L0001,exact',
    '3,V2,L0002,exact',
    '4,1.2E+11,,rejected',
    '5,V1,,repeated',
    '6,V5,,rejected',
  ]);
  const { rows } = await faultsCsv(db, id, 'rejected');
  const said: (string | number | null)[][] = [];
  for await (const cells of rows) said.push([...cells]);
  expect(said.map((cells) => [cells[0], cells[1], cells[2], cells[3]])).toEqual([
    [1, 'no', 'column-withheld', 'Geboren'],
    [3, 'yes', 'mixed-letters', 'Familie'],
    [4, 'no', 'id-in-scientific', 'Kennung'],
    [6, 'no', 'no-address', 'Wohnung'],
  ]);
  expect(JSON.stringify(said)).not.toMatch(/078-05|1971/);
  expect((await importIt(null)).report).toMatchObject({ people: 2, same: 2 });
});
