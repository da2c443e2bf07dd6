import { DESK_FAULTS } from '../scenario/sim/faults.ts';
import { World } from '../scenario/sim/world.ts';
import { proveCases } from './prove-cases.ts';
import type { ProveOptions } from './prove.ts';
import { runAfternoon } from './run-afternoon.ts';

/**
 * T12: afternoons on which the desk revokes, recuts, takes back and hands on all the time, and a raw
 * scan of the phones' storage at the end: nothing readable is left, and no fact is lost.
 */
export async function prove(options: ProveOptions): Promise<void> {
  const world = await World.open();
  await proveCases(options, {
    test: 'storms',
    cases: { quick: 15, ci: 250, long: 20_000 },
    classes: DESK_FAULTS,
    run: ({ seed }) => runAfternoon(world, seed, { kind: 'storm', wereRed: options.oldRed }),
  });
  await world.close();
}
