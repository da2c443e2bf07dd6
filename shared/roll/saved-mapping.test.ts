import { expect, test } from 'vitest';
import { inspectRows } from './inspect-rows.ts';
import { applySaved, fingerprintOf, saveColumns } from './saved-mapping.ts';

const file = { fileName: 'x.csv', bytes: 1, encoding: 'utf-8', delimiter: ',' } as const;

test('a mapping made for one file fits the next, in another order and case, and never what is forbidden', () => {
  const names = ['Kennziffer', 'Familienname', 'Strasse', 'SSN'];
  const saved = saveColumns(names, [
    { column: 0, field: 'voter-id' },
    { column: 1, field: 'last-name' },
    { column: 2, field: 'address-line' },
    { column: 3, field: 'phone' },
  ]);
  const next = inspectRows(file, ['STRASSE', 'SSN', 'kennziffer ', 'Familienname'], []);
  expect(next.ok && applySaved(next.value.columns, saved)).toEqual([
    { column: 0, field: 'address-line' },
    null,
    { column: 2, field: 'voter-id' },
    { column: 3, field: 'last-name' },
  ]);
  expect(fingerprintOf(['KENNZIFFER ', 'Familienname'])).toBe(
    fingerprintOf(['kennziffer', 'familien name']),
  );
  expect(fingerprintOf(['a', 'b'])).not.toBe(fingerprintOf(['b', 'a']));
  expect(fingerprintOf(['', ''])).not.toBe(fingerprintOf(['', '', '']));
  const other = inspectRows(file, ['x', 'y'], []);
  expect(other.ok && applySaved(other.value.columns, saved)).toBeNull();
});
