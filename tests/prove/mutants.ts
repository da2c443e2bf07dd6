import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bug, BUGS } from './mutants/bugs.ts';
import { type Hunter, HuntingGround } from './mutants/hunter.ts';
import type { Found, Try } from './mutants/kill.ts';
import { failsIn } from './mutants/run-told.ts';
import { TreeCopy } from './mutants/tree-copy.ts';
import { proveCases } from './prove-cases.ts';
import type { ProveOptions } from './prove.ts';

const ROOT = join(import.meta.dirname, '../..');
/** A bug that lives through so many afternoons and storms has survived. */
const MOST = 800;

/** What found each bug the last time, tried first: a hunt of many afternoons needs doing only once. */
const KILLS = JSON.parse(
  readFileSync(join(import.meta.dirname, 'mutants/kills.json'), 'utf8'),
) as Readonly<Record<string, Try>>;

/** Where bugs are looked for, made when the first one is. */
class Places {
  #ground: Promise<HuntingGround> | null = null;
  #copy: TreeCopy | null = null;

  ground(): Promise<HuntingGround> {
    const bugs = BUGS.filter((bug) => bug.told === undefined);
    this.#ground ??= HuntingGround.make(ROOT, bugs);
    return this.#ground;
  }

  get copy(): TreeCopy {
    this.#copy ??= new TreeCopy(ROOT);
    return this.#copy;
  }

  async remove(): Promise<void> {
    await (await this.#ground)?.remove();
    this.#copy?.remove();
  }
}

async function huntWith(hunter: Hunter, first: readonly Try[]): Promise<Found | null> {
  try {
    return await hunter.hunt({ first, most: MOST });
  } finally {
    await hunter.end();
  }
}

/** With the simulator, until it is found. */
async function huntBug(
  ground: HuntingGround,
  { name, rebuilds }: Bug,
  say: (text: string) => void,
): Promise<readonly string[]> {
  const first = KILLS[name];
  const found = await huntWith(ground.hunter(name), first === undefined ? [] : [first]);
  if (found === null) return [`${name} survived ${MOST} schedules (${rebuilds})`];
  const { kind, seed, start, after } = found;
  if (first === undefined || after > 1) {
    const by = JSON.stringify({ kind, seed, start });
    say(`${name} was found by ${by} after ${after}: kills.json may say so`);
  }
  return (await ground.isSane(found)) ? [] : [`${kind} ${seed} is red without any bug`];
}

async function tryBug(
  places: Places,
  bug: Bug,
  say: (text: string) => void,
): Promise<readonly string[]> {
  const { told } = bug;
  if (told === undefined) return huntBug(await places.ground(), bug, say);
  const { copy } = places;
  const takeOut = copy.putIn(bug);
  const found = await failsIn(copy.root, told).finally(takeOut);
  return found ? [] : [`${bug.name} is not told by “${told.name}” (${bug.rebuilds})`];
}

/**
 * T4: bugs of other engines, each put into the code and looked for with the simulator until it is
 * found, or with the one test that is there for it. One that survives is a failure: then the proof
 * would not see it either.
 */
export async function prove(options: ProveOptions): Promise<void> {
  const places = new Places();
  const quick = BUGS.filter((_, i) => i % 18 === 0);
  const bugs = options.size === 'quick' ? quick : BUGS;
  try {
    await proveCases(options, {
      test: 'mutants',
      cases: { quick: quick.length, ci: BUGS.length, long: BUGS.length },
      classes: bugs.map((bug) => bug.name),
      run: async ({ seed }) => {
        // By the seed, so that a bug that survived is tried again by its seed alone.
        const bug = bugs[(seed + bugs.length - 1) % bugs.length];
        if (bug === undefined) throw new RangeError(`There are ${bugs.length} bugs.`);
        const wrong = await tryBug(places, bug, options.say);
        return { wrong, fired: [[bug.name, 1]], counts: { killed: wrong.length === 0 ? 1 : 0 } };
      },
    });
  } finally {
    await places.remove();
  }
}
