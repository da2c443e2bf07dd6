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
    // A short run shows each fault in an afternoon of its own.
    cases: { quick: FAULTS.length, ci: 10_000, long: 1_000_000 },
    classes: FAULTS,
    run: ({ seed, size }) => {
      const likely = size === 'quick' ? FAULTS[seed % FAULTS.length] : undefined;
      return runAfternoon(world, seed, { kind: 'mixed', wereRed: options.oldRed, likely });
    },
  });
  await world.close();
}
