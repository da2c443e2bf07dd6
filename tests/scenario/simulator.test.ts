import { expect, test } from 'vitest';
import { makeChapter } from './make-chapter.ts';
import { MUTANTS } from './simulator/mutants.ts';
import { runMany } from './simulator/run-many.ts';
import { runSchedule } from './simulator/run-schedule.ts';

async function replay(seed: number): Promise<readonly string[]> {
  const made = await makeChapter(seed);
  const { trace } = await runSchedule(made, await made.addDoors(2), seed);
  await made.remove();
  return trace;
}

test('the same seed is the same afternoon, and another seed another', async () => {
  const [once, again, other] = [await replay(11), await replay(11), await replay(12)];
  expect(once.length).toBeGreaterThan(20);
  expect(again).toEqual(once);
  expect(other).not.toEqual(once);
});

test.each(MUTANTS)('a client or server with the bug %s is found out', async (mutant) => {
  const { failures, schedules } = await runMany(1, 400, mutant, true);
  expect(failures, `no failure in ${schedules} schedules`).not.toEqual([]);
});
