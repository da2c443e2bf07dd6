import { type Kind, runSchedule, type Start, startOf } from '../../scenario/sim/run-schedule.ts';
import { World } from '../../scenario/sim/world.ts';

// Runs in a process of its own, on the code with the bug that its environment names or on the code as
// it is: of the afternoons that it is given, and then of so many more by turns with a storm, it tells
// the first that finds something wrong.

/** One afternoon or storm. */
export interface Try {
  readonly kind: Kind;
  readonly seed: number;
  readonly start: Start;
}
/** The one that found something, and after how many. */
export interface Found extends Try {
  readonly after: number;
  readonly wrong: string;
}
/** What a hunt is given. */
export interface Hunt {
  /** What is tried first, such as what found this bug the last time. */
  readonly first: readonly Try[];
  /** How many are tried after that. */
  readonly most: number;
}

async function hunt(world: World, { first, most }: Hunt): Promise<Found | null> {
  const more = Array.from({ length: most }, (_, n): Try => {
    const seed = Math.floor(n / 2) + 1;
    return { kind: n % 2 === 0 ? 'mixed' : 'storm', seed, start: startOf(seed) };
  });
  for (const [n, one] of [...first, ...more].entries()) {
    const { wrong } = await runSchedule(world, one.seed, one.kind, one.start);
    if (wrong[0] !== undefined) return { ...one, after: n + 1, wrong: wrong[0] };
  }
  return null;
}

const opened = World.open();
process.on('message', (wish: Hunt) => {
  void opened.then(async (world) => process.send?.({ found: await hunt(world, wish) }));
});
process.once('disconnect', () => {
  // What a bug has broken may not close; what was found counts all the same.
  const closed = opened.then((world) => world.close());
  void closed.catch(() => null).then(() => process.exit(0));
});
