import { type Kind, runSchedule } from '../../scenario/sim/run-schedule.ts';
import { World } from '../../scenario/sim/world.ts';

// Runs in a copy of the tree that a bug was put into: afternoons, by turns with a storm, until one
// of them finds something wrong.

/** The afternoon or storm that found the bug, and after how many. */
export interface Found {
  readonly kind: Kind;
  readonly seed: number;
  readonly after: number;
  readonly wrong: string;
}

const most = Number(process.argv[2]);
const world = await World.open();
let found: Found | null = null;
for (let n = 1; n <= most && found === null; n++) {
  const kind: Kind = n % 2 === 0 ? 'storm' : 'mixed';
  const seed = Math.ceil(n / 2);
  const { wrong } = await runSchedule(world, seed, kind);
  if (wrong[0] !== undefined) found = { kind, seed, after: n, wrong: wrong[0] };
}
process.stdout.write(`${JSON.stringify(found)}\n`);
process.exit(0);
