import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { inspectText } from '#shared/roll/inspect-text.ts';
import { recogniseLayout } from '#shared/roll/layouts.ts';

const DIR = fileURLToPath(new URL('../../fixtures/voter-file-layouts/', import.meta.url));

interface Described {
  readonly id: string;
  readonly format: { readonly delimiter: string; readonly header: boolean };
  readonly columns: readonly { readonly name: string }[];
  readonly other_files?: { readonly short_list?: { readonly columns: readonly string[] } };
}

const LAYOUTS = readdirSync(DIR).map(
  (name) => JSON.parse(readFileSync(DIR + name, 'utf8')) as Described,
);

test.each(LAYOUTS)('$id is known by the header that its description has', (layout) => {
  const header = layout.columns.map(({ name }) => name);
  expect(recogniseLayout(header)?.id).toBe(layout.id);
  const short = layout.other_files?.short_list?.columns;
  if (short !== undefined) expect(recogniseLayout(short)?.id).toBe(layout.id);
});

const inspect = (text: string) => {
  const found = inspectText({ fileName: 'x', bytes: text.length, encoding: 'utf-8' }, text, true);
  if (!found.ok) throw new Error(found.problem.code);
  return found.value;
};

test('a mailing address, a county’s own id or a licence is never taken for the person’s', () => {
  for (const { columns, format } of LAYOUTS) {
    const names = columns.map(({ name }) => name.replaceAll(format.delimiter, ' '));
    for (const { name, use } of inspect(`${names.join(format.delimiter)}\n`).columns) {
      if (/(?<!e)mail|county_?(?:voter)?_?(?:id|number)|voter_reg_num|licen|drivers/i.test(name)) {
        expect([name, use]).toEqual([name, null]);
      }
    }
  }
});

test('header words of a newer delivery of L2, without their prefix, and of Washington with a birth year', () => {
  const l2 = inspect('LALVOTERID\tFirstName\tLastName\tAge\tResidence_Addresses_AddressLine\n1\n');
  expect(l2.columns.map(({ use }) => use?.field)).toEqual([
    'voter-id',
    'first-name',
    'last-name',
    'age',
    'address-line',
  ]);
  const washington = inspect('StateVoterID|FName|LName|Birthyear|RegStName\n1|A|B|1980|Elm\n');
  expect(washington).toMatchObject({ layout: 'wa-vrdb', delimiter: '|', quoted: false });
  expect(washington.columns[3]?.use?.field).toBe('birth-year');
});
