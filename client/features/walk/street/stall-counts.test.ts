import { expect, test } from 'vitest';
import type { Outcome } from '#shared/model/fact.ts';
import { stallCounts } from './stall-counts.ts';

test('whoever wants never to be contacted again is not one more who did not want to talk', () => {
  const outcomes: readonly Outcome[] = [
    { kind: 'contact' },
    { kind: 'result', result: 'refused' },
    { kind: 'result', result: 'do-not-contact' },
  ];
  expect(stallCounts(outcomes.map((outcome) => ({ outcome })))).toEqual({ talks: 1, passed: 1 });
});
