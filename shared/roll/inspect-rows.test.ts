import { expect, test } from 'vitest';
import { inspectRows } from './inspect-rows.ts';

const file = { fileName: 'roll.csv', bytes: 100, encoding: 'utf-8', delimiter: ',' } as const;

function uses(header: string[], rows: string[][] = []): (string | null)[] {
  const found = inspectRows(file, header, rows);
  if (!found.ok) throw new Error(found.problem.code);
  return found.value.columns.map(({ use }) => (use === null ? null : (use.election ?? use.field)));
}

test('VAN with address parts, trailing blanks in headers, and one column an election', () => {
  const header =
    'Voter File VANID,LastName,StreetNo,StreetName,Zip5,Preferred Phone ,General18,General18Party,SpecialPrimary16,Strong_Support_(HD096)';
  expect(uses(header.split(','))).toEqual([
    'voter-id',
    'last-name',
    'house-number',
    'street-name',
    'zip',
    'phone',
    'General 2018',
    null,
    'Special Primary 2016',
    null,
  ]);
});

test('VAN with a joined address', () => {
  const header =
    'Account,Voter File VANID,FirstName,LastName,Fullname,Phone1,Phone2,vAddress,Adress2,City,State,Zip,Age,Sex,Party';
  expect(uses(header.split(','))).toEqual([
    null,
    'voter-id',
    'first-name',
    'last-name',
    'full-name',
    'phone',
    null,
    'address-line',
    'address-line-2',
    'city',
    'state',
    'zip',
    'age',
    'sex',
    'party',
  ]);
});

test('a header of another maker is recognised by its words', () => {
  expect(uses(['Voter ID', 'First', 'Last', 'Res Address', 'Zip Code', 'Shoe size'])).toEqual([
    'voter-id',
    'first-name',
    'last-name',
    'address-line',
    'zip',
    null,
  ]);
});

test('two columns of one name: the first is used, and the person is told', () => {
  const found = inspectRows(file, ['Voter ID', 'Last', 'Last', 'Address'], [['1', 'A', 'B', 'C']]);
  expect(found.ok && found.value.columns.map(({ use }) => use?.field ?? null)).toEqual([
    'voter-id',
    'last-name',
    null,
    'address-line',
  ]);
  expect(found.ok && found.value.notices).toEqual([
    { code: 'roll-duplicate-header', facts: { name: 'Last' } },
  ]);
});

test('a file without a header is mapped by hand, and an empty one is refused', () => {
  const data = inspectRows(file, null, [['LK001', 'Grace', '404', 'Gum Ave', '00042']]);
  expect(data.ok && data.value).toMatchObject({ headerLine: 0, layout: null });
  expect(data.ok && data.value.notices.map(({ code }) => code)).toEqual(['roll-no-header']);
  const empty = inspectRows(file, ['', ' '], []);
  expect(!empty.ok && empty.problem.code).toBe('roll-empty');
});

test('what nobody may keep is taken for nothing and shown nowhere, by its name or by its values', () => {
  const rows = [
    ['1', 'Doe', '1 Elm St', '078-05-1120', '219-09-9999'],
    ['2', 'Roe', '2 Elm St', '078-05-1121', '457-55-5462'],
  ];
  const found = inspectRows(file, ['Voter ID', 'Last', 'Address', 'SSN', 'Number 2'], rows);
  if (!found.ok) throw new Error(found.problem.code);
  expect(found.value.columns.slice(3).map(({ because, use }) => [because, use])).toEqual([
    ['forbidden', null],
    ['forbidden', null],
  ]);
  expect(JSON.stringify(found.value)).not.toContain('078-05');
  expect(found.value.notices.map(({ facts }) => facts.name)).toEqual(['SSN', 'Number 2']);
});

test('a column named like a part of every object is just a column', () => {
  expect(uses(['voter_id', 'last_name', 'constructor', '__proto__', 'toString'])).toEqual([
    'voter-id',
    'last-name',
    null,
    null,
    null,
  ]);
});

test('a county’s own words: most columns are known without a layout', () => {
  const header =
    'Reg No,Given Name,Last Name,Residence House #,Residence Street,Apt/Unit,City,Zip,Political Party,Pct,Tel,Age';
  expect(uses(header.split(','))).toEqual([
    'voter-id',
    'first-name',
    'last-name',
    'house-number',
    'street-name',
    'unit',
    'city',
    'zip',
    'party',
    'precinct',
    'phone',
    'age',
  ]);
});
