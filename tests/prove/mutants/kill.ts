import { type Kind, runSchedule, type Start, startOf } from '../../scenario/sim/run-schedule.ts';
import { World } from '../../scenario/sim/world.ts';

// Runs in a copy of the tree that a bug was put into: the afternoon that found it the last time, then
// afternoons, by turns with a storm, until one of them finds something wrong.

/** One afternoon or storm. */
export interface Try {
  readonly kind: Kind;
  readonly seed: number;
  readonly start: Start;
}
/** The one that found the bug, and after how many. */
export interface Found extends Try {
  readonly after: number;
  readonly wrong: string;
}
/** What a hunt is given. */
export interface Hunt {
  readonly most: number;
  /** What found this bug the last time. */
  readonly first: Try | null;
}

const { most, first } = JSON.parse(process.argv[2] ?? '') as Hunt;
const hunt: Try[] = Array.from({ length: most }, (_, n) => {
  const seed = Math.floor(n / 2) + 1;
  return { kind: n % 2 === 0 ? 'mixed' : 'storm', seed, start: startOf(seed) };
});
const tries = first === null ? hunt : [first, ...hunt];
const world = await World.open();
let found: Found | null = null;
for (let n = 0; n < tries.length && found === null; n++) {
  const { kind, seed, start } = tries[n] as Try;
  const { wrong } = await runSchedule(world, seed, kind, start);
  if (wrong[0] !== undefined) found = { kind, seed, start, after: n + 1, wrong: wrong[0] };
}
process.stdout.write(`${JSON.stringify(found)}\n`);
// What a bug has broken may not close; what was found counts all the same.
await world.close().catch(() => null);
process.exit(0);
