import { expect, test } from 'vitest';
import { ageBand } from './age-band.ts';

test('every age from 18 has the one band that it lies in, and nobody younger has any', () => {
  const edges = [17, 18, 24, 25, 34, 35, 49, 50, 64, 65, 104].map((age) => ageBand(age));
  expect(edges).toEqual([
    null,
    '18–24',
    '18–24',
    '25–34',
    '25–34',
    '35–49',
    '35–49',
    '50–64',
    '50–64',
    '65+',
    '65+',
  ]);
  expect(ageBand(null)).toBeNull();
});
