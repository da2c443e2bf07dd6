import { test } from 'vitest';
import { expectSeries } from './simulator/expect-series.ts';

test(
  'phones that crash on a bad network lose nothing and double nothing (1 of 2)',
  { timeout: 600_000 },
  () => expectSeries(0, 2),
);
