import { expect, test } from 'vitest';
import { layoutByPlace } from '#shared/roll/layouts.ts';
import { findUnread } from './unread-columns.ts';

const READ = [{ column: 1, field: 'voter-id' }] as const;

test('a birth date that nobody may keep is found by its header', () => {
  const mapping = { layout: null, delimiter: ',' } as const;
  const found = findUnread(['Name', 'Id', 'Birth Date', 'Email'], mapping, READ);
  expect(found).toEqual({ hidden: [2, 3], birthDate: 2 });
});

for (const [layout, delimiter] of [
  ['fl-extract', '\t'],
  ['ny-nysvoter', ','],
] as const) {
  test(`where ${layout} comes without a header, what nobody may keep is found by its place`, () => {
    const columns = layoutByPlace(layout, delimiter)?.columns ?? [];
    const { hidden, birthDate } = findUnread(null, { layout, delimiter }, READ);
    expect(hidden.map((at) => columns[at])).toContainEqual(
      expect.stringMatching(/birth|dob|email/i),
    );
    expect(columns[birthDate ?? -1]).toMatch(/birth|dob/i);
  });
}
