import { afterAll, beforeAll, expect, test } from 'vitest';
import { World } from './sim/world.ts';
import { type Kind, runSchedule, STARTS, startOf } from './sim/run-schedule.ts';
import redSeeds from '../prove/red-seeds.json' with { type: 'json' };

// A few, and what was red once, so that every change is tried at once; all of it is `npm run prove`.

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

async function runMany(
  kind: Kind,
  count: number,
  wereRed: readonly number[],
): Promise<readonly string[]> {
  const red: string[] = [];
  const fresh = Array.from({ length: count }, (_, i) => ({ seed: i + 1, start: startOf(i + 1) }));
  const old = wereRed.flatMap((seed) => STARTS.map((start) => ({ seed, start })));
  for (const { seed, start } of [...fresh, ...old]) {
    const { wrong } = await runSchedule(world, seed, kind, start);
    if (wrong.length > 0) red.push(`${kind} ${seed} ${start}: ${wrong.join('; ')}`);
  }
  return red;
}

test('the same seed is the same afternoon, and another seed another', async () => {
  const run = async (seed: number) => (await runSchedule(world, seed)).trace;
  const [once, other, again] = [await run(11), await run(12), await run(11)];
  expect(once.length).toBeGreaterThan(20);
  expect(again).toEqual(once);
  expect(other).not.toEqual(once);
});

test('phones that crash on a bad network lose nothing and double nothing', async () => {
  expect(await runMany('mixed', 40, redSeeds.simulator)).toEqual([]);
});

test('turfs and phones taken back in a storm leave nothing readable and lose nothing', async () => {
  expect(await runMany('storm', 20, redSeeds.storms)).toEqual([]);
});
