import { expect } from 'vitest';
import { FAULTS } from './faults.ts';
import { runMany } from './run-many.ts';

const ENV = process.env;

/** How many schedules a run of the suite lives through; `SIM_SCHEDULES` asks for more or fewer. */
const SCHEDULES = Number(ENV['SIM_SCHEDULES'] ?? 2_000);
/** The first seed; `SIM_SEED=n SIM_SCHEDULES=1` replays one afternoon. */
const FIRST = Number(ENV['SIM_SEED'] ?? 1);

/** Runs this part of all schedules and expects that nothing was lost, doubled or left behind. */
export async function expectSeries(part: number, parts: number): Promise<void> {
  const size = Math.ceil(SCHEDULES / parts);
  const count = Math.max(0, Math.min(size, SCHEDULES - part * size));
  if (count === 0) return;
  const first = FIRST + part * size;
  const series = await runMany(first, count);
  const red = series.failures.map(
    ({ seed, faults, trace }) =>
      `SIM_SEED=${seed} SIM_SCHEDULES=1\n  ${faults.join('\n  ')}${
        count === 1 ? `\n${trace.join('\n')}` : ''
      }`,
  );
  expect(red).toEqual([]);
  // A run in which nothing happened, or no trouble came, shows nothing.
  expect(series.ops).toBeGreaterThan(count);
  if (count < 200) return;
  const unseen = FAULTS.filter((fault) => (series.fired.get(fault) ?? 0) === 0);
  expect(unseen).toEqual([]);
}
