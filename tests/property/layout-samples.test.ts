import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { electionOfName } from '#shared/roll/election.ts';
import { isBlankRow } from '#shared/roll/inspect-text.ts';
import type { RollVoter } from '#shared/roll/roll-voter.ts';
import { makeRowReader } from '#shared/roll/row-to-voter.ts';
import { inspectFile } from '../../server/roll/inspect-file.ts';
import { readHistory } from '../../server/roll/read-history.ts';
import { readRows } from '../../server/roll/read-rows.ts';

/** The same sixty made-up people in each layout. They lie beside the project and are no part of it. */
const SAMPLES = join(
  process.env['HOMEGROUND_DATA'] ?? join(import.meta.dirname, '../../../shared/data'),
  'voter-file-layouts/samples',
);
const present = existsSync(SAMPLES);
if (!present) process.stdout.write('The samples of voter files are not here: not compared.\n');

interface Person {
  readonly sample_id: string;
  readonly first: string;
  readonly middle: string;
  readonly last: string;
  readonly suffix: string;
  readonly sex: string;
  readonly birth_date: string;
  readonly registration_date: string;
  readonly number: string;
  readonly street: string;
  readonly unit: string;
  readonly city: string;
  readonly zip: string;
  readonly ward: string;
  readonly precinct: string;
  readonly voted: readonly string[];
}

interface Sample {
  readonly file: string;
  readonly layout: string;
  readonly history?: string;
  /** What this layout does not have. */
  readonly lacks: readonly (
    'suffix' | 'sex' | 'birth' | 'city' | 'precinct' | 'registered' | 'votes'
  )[];
  /** Its elections are known by kind and year, not by day. */
  readonly byYear?: boolean;
  /** Elections that it has no column for. */
  readonly without?: RegExp;
  readonly people?: number;
}

const FILES: readonly Sample[] = [
  { file: 'nc-ncvoter.txt', layout: 'nc-ncvoter', history: 'nc-ncvhis.txt', lacks: ['birth'] },
  { file: 'oh-swvf.txt', layout: 'oh-swvf', lacks: ['sex'] },
  // One of them is withheld.
  {
    file: 'fl-extract.txt',
    layout: 'fl-extract',
    history: 'fl-history.txt',
    lacks: [],
    people: 59,
  },
  { file: 'ny-nysvoter.txt', layout: 'ny-nysvoter', lacks: [], byYear: true },
  { file: 'ma-vot.txt', layout: 'ma-vot', lacks: ['suffix', 'sex', 'city', 'votes'] },
  { file: 'mi-qvf.csv', layout: 'mi-qvf', lacks: ['votes'] },
  { file: 'mi-qvf-fixed.lst', layout: 'mi-qvf', lacks: ['votes'] },
  { file: 'wa-vrdb.txt', layout: 'wa-vrdb', lacks: ['votes'] },
  {
    file: 'van-export.txt',
    layout: 'van-export',
    lacks: [],
    byYear: true,
    without: /\d PRIMARY|2022/,
  },
  {
    file: 'l2-demographic.tab',
    layout: 'l2-vm2',
    history: 'l2-votehistory.tab',
    lacks: ['precinct', 'registered'],
  },
];

test.runIf(present).each(FILES)('$file gives the people who are in it', async (sample) => {
  const { file, layout, history, lacks, people = 60 } = sample;
  const path = join(SAMPLES, file);
  const { inspection, records, hindrance } = await inspectFile(path, '2022-12-31');
  expect({ layout: inspection?.layout, records, hindrance }).toEqual({
    layout,
    records: 60,
    hindrance: null,
  });
  if (inspection === null) return;
  const uses = inspection.columns.flatMap(({ use }) => (use === null ? [] : [use]));
  const read = makeRowReader(uses, inspection.columns.length, '2022-12-31', layout);
  const rows = [...readRows(path, inspection)].flatMap((block) => block.rows);
  const votes = readHistory(history === undefined ? [] : [join(SAMPLES, history)]);
  const found = new Map<string, RollVoter>();
  for (const cells of rows.slice(inspection.headerLine === 0 ? 0 : 1)) {
    const voter = isBlankRow(cells) ? null : read(cells);
    if (voter?.ok !== true) continue;
    const { sourceId } = voter.value;
    const voted = [...voter.value.voted];
    votes.each(sourceId, (election, method) => voted.push([election, method]));
    found.set(sourceId.slice(-9).replace(/^.*(?=QZX)/, ''), { ...voter.value, voted });
  }
  expect(found.size).toBe(people);
  const all = JSON.parse(readFileSync(join(SAMPLES, 'expected_people.json'), 'utf8')) as Person[];
  const has = (what: Sample['lacks'][number]): boolean => !lacks.includes(what);
  const seen = all.filter(({ sample_id }) => found.has(sample_id));
  expect(seen.map(({ sample_id }) => show(found.get(sample_id)))).toEqual(
    seen.map((person) => ({
      first: person.first,
      middle: person.middle,
      last: person.last,
      suffix: has('suffix') ? person.suffix : '',
      sex: has('sex') ? person.sex : null,
      birth: has('birth') ? Number(person.birth_date.slice(0, 4)) : null,
      registered: has('registered') ? person.registration_date : null,
      address: `${person.number} ${person.street} ${person.unit}`.trim().toUpperCase(),
      city: has('city') ? person.city : '',
      zip: person.zip,
      precinct: has('precinct') ? `${person.ward}-${person.precinct}` : null,
    })),
  );
  if (!has('votes')) return;
  for (const { sample_id, voted } of seen) {
    const got = found.get(sample_id)?.voted.map(([name]) => name) ?? [];
    const known = voted.filter((name) => sample.without?.test(name) !== true);
    expect(sortVotes(got, sample), sample_id).toEqual(sortVotes(known, sample));
  }
});

/** Days, or where a layout has none for all: years, which is as much as it tells. */
function sortVotes(names: readonly string[], { byYear = false }: Sample): string[] {
  return names
    .map((name) => /^\d{4}-\d\d-\d\d/.exec(name)?.[0] ?? electionOfName(name).sortKey)
    .map((key) => (byYear ? key.slice(0, 4) : key))
    .sort();
}

function show(voter: RollVoter | undefined): object | null {
  if (voter === undefined) return null;
  const { address } = voter;
  const unit = address.unit.replace(/^(?:apt|unit|#)\s*/i, '');
  return {
    first: voter.firstName,
    middle: voter.middleName,
    last: voter.lastName,
    suffix: voter.nameSuffix,
    sex: voter.sex,
    birth: voter.birthYear,
    registered: voter.registeredOn,
    address: `${address.number} ${address.street} ${unit}`.trim().toUpperCase(),
    city: address.city,
    zip: address.zip,
    precinct: voter.precinct,
  };
}
