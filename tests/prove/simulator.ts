import { runSchedule } from '../scenario/sim/run-schedule.ts';
import { FAULTS } from '../scenario/sim/faults.ts';
import { World } from '../scenario/sim/world.ts';
import { proveCases } from './prove-cases.ts';
import type { ProveOptions } from './prove.ts';

/**
 * T2: made-up afternoons of the real client core and the real server on real SQLite, in one process
 * under a virtual clock. Every seed is one afternoon; a red one is run first for ever.
 */
export async function prove(options: ProveOptions): Promise<void> {
  const world = await World.open();
  await proveCases(options, {
    test: 'simulator',
    cases: { quick: 90, ci: 10_000, long: 1_000_000 },
    classes: FAULTS,
    run: async ({ seed }) => {
      const outcome = await runSchedule(world, seed);
      const { ops, requests } = outcome;
      return {
        wrong: outcome.wrong,
        fired: outcome.fired,
        counts: { ops, requests },
        trace: outcome.trace.join('\n'),
      };
    },
  });
  await world.close();
}
