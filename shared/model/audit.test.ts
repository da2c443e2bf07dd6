import { expect, test } from 'vitest';
import { AUDIT_GROUPS, AUDIT_KINDS } from './audit.ts';

test('every kind of entry is in one group, so that a filter hides none for good', () => {
  const grouped: readonly string[] = Object.values(AUDIT_GROUPS).flat();
  expect([...grouped].toSorted()).toEqual([...AUDIT_KINDS].toSorted());
});
