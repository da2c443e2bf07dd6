import { expect, test } from '@playwright/test';
import { measureFirstLoad, measureKept } from '../bench/first-load.ts';

test('what a phone downloads before a walk’s first screen, and what it keeps, stay small', () => {
  expect(measureFirstLoad().kib).toBeLessThan(150);
  const kept = measureKept();
  expect(kept.kib).toBeLessThan(320);
  // Each is asked for, kept and looked up by itself.
  expect(kept.files).toBeLessThan(32);
});
