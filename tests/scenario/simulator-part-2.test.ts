import { test } from 'vitest';
import { expectSeries } from './simulator/expect-series.ts';

test(
  'phones that crash on a bad network lose nothing and double nothing (2 of 2)',
  { timeout: 600_000 },
  () => expectSeries(1, 2),
);
