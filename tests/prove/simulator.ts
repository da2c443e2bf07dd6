import { FAULTS } from '../scenario/sim/faults.ts';
import { World } from '../scenario/sim/world.ts';
import { proveCases } from './prove-cases.ts';
import type { ProveOptions } from './prove.ts';
import { runAfternoon } from './run-afternoon.ts';

/**
 * T2: made-up afternoons of the real client core and the real server on real SQLite, in one process
 * under a virtual clock. Every seed is one afternoon; a red one is run first for ever.
 */
export async function prove(options: ProveOptions): Promise<void> {
  const world = await World.open();
  await proveCases(options, {
    test: 'simulator',
    cases: { quick: 120, ci: 10_000, long: 1_000_000 },
    classes: FAULTS,
    run: ({ seed }) => runAfternoon(world, seed, { kind: 'mixed', wereRed: options.oldRed }),
  });
  await world.close();
}
