import './commit-faults.ts';
import type { Dice } from '#shared/kernel/random.ts';
import type { CrashPlan } from './life.ts';
import { comeToRest } from './come-to-rest.ts';
import { checkEnd } from './check-schedule.ts';
import { hashedBytes } from '../hashed-bytes.ts';
import { drawOdds, type Fault, type Faults, withLikely } from './faults.ts';
import { drawActs, planDay } from './plan-desk.ts';
import { drawGuard } from './sim-lock.ts';
import type { Errand } from './sim-phone.ts';
import { addPhone, openStage } from './stage.ts';
import type { World } from './world.ts';

/** What one schedule came to. */
export interface Outcome {
  readonly seed: number;
  readonly start: Start;
  /** What must hold and did not; empty when all is well. */
  readonly wrong: readonly string[];
  readonly fired: ReadonlyMap<Fault, number>;
  readonly ops: number;
  readonly events: number;
  readonly requests: number;
  readonly trace: readonly string[];
}

/** `storm`: the desk takes turfs and phones away all the time, the network is only bad. */
export type Kind = 'mixed' | 'storm';

/**
 * How an afternoon begins: `joining`, every phone takes its turf in the middle of the trouble, which
 * many of them do not get to before it ends; `joined`, most have it from the hall and walk at once.
 */
export const STARTS = ['joining', 'joined'] as const;
export type Start = (typeof STARTS)[number];

/** Of seven afternoons one begins with joining: so does one in seven of each of 2, 4 or 8 shards. */
export const startOf = (seed: number): Start => (seed % 7 === 0 ? 'joining' : 'joined');

/** Of what has joined in the hall: most phones, not all; chance of its own. */
function joinsBefore(seed: number, number: number): boolean {
  const [chance = 0] = hashedBytes(`hall ${seed} ${number}`)(1);
  return chance < 208;
}

const QUIET = 16 * 60_000;

/** How many phones there are, as parts of all afternoons, and for how long there is trouble, in ms. */
interface Size {
  readonly two: number;
  readonly three: number;
  readonly upToSix: number;
  readonly trouble: readonly [least: number, most: number];
}

/** Whoever walks from the beginning on says as much in half of the time. */
const SIZES: Readonly<Record<Start, Size>> = {
  joining: { two: 0.6, three: 0.88, upToSix: 0.985, trouble: [20_000, 60_000] },
  joined: { two: 0.78, three: 0.95, upToSix: 0.992, trouble: [12_000, 36_000] },
};

function drawPhones(dice: Dice, { two, three, upToSix }: Size): number {
  const size = dice.next();
  if (size < three) return size < two ? 2 : 3;
  return size < upToSix ? dice.whole(4, 6) : dice.whole(7, 20);
}

function drawErrands(world: World, dice: Dice, faults: Faults, phones: number): Errand[] {
  const first = dice.whole(0, 2);
  return Array.from({ length: phones }, () => {
    const town = faults.fires('other-chapter') ? world.towns[1] : world.towns[0];
    const turf = town.turfs[dice.chance(0.7) ? first : dice.whole(0, 2)];
    if (turf === undefined) throw new Error('A town has three turfs.');
    return { town, turf };
  });
}

/** A crash at a gate drawn beforehand, at most so many times a phone. */
function crashPlanner(dice: Dice, faults: Faults): () => CrashPlan {
  let left = dice.whole(0, 3);
  return () => {
    let gates = left > 0 && !faults.healed ? dice.whole(1, 200) : Infinity;
    left -= 1;
    return () => {
      gates -= 1;
      return gates <= 0;
    };
  };
}

/**
 * One made-up afternoon: 2 to 20 phones in two chapters, facts, crashes, a bad network and a busy
 * desk, all drawn from the seed; then peace; then everything is checked. The same seed is the same
 * afternoon. With a `likely` fault it is one that shows this fault.
 */
export async function runSchedule(
  world: World,
  seed: number,
  kind: Kind = 'mixed',
  start: Start = startOf(seed),
  likely: Fault | null = null,
): Promise<Outcome> {
  const stage = await openStage(world, seed, (drawn) => {
    const odds = drawOdds(drawn);
    return likely === null ? odds : withLikely(odds, likely);
  });
  const { dice, time, faults, books, phones, note } = stage;

  const size = SIZES[start];
  const trouble = dice.whole(...size.trouble);
  const inHall = new Map(world.towns.flatMap(({ turfs }) => turfs.map((t) => [t, [...t.inHall]])));
  for (const errand of drawErrands(world, dice, faults, drawPhones(dice, size))) {
    const guard = drawGuard(`${seed} ${phones.length}`);
    const { phone } = addPhone(stage, crashPlanner(dice, faults), guard);
    const early = start === 'joined' && joinsBefore(seed, phones.length);
    const joined = early ? inHall.get(errand.turf)?.shift() : undefined;
    if (joined === undefined) phone.take(errand);
    else await phone.hasJoined(errand, joined, world.bringIn(errand.town, joined));
    const late = joined === undefined ? trouble / 5 : 1_000;
    time.after(dice.whole(0, late), () => phone.boot());
    const facts = dice.whole(1, 6);
    for (let n = 0; n < facts; n++) {
      time.after(dice.whole(2_000, trouble), () => void phone.act());
    }
  }
  const acts = drawActs(dice, faults, kind === 'storm');
  const again = start === 'joined';
  planDay({ world, time, dice, faults, phones, books, trouble, again, note }, acts);

  await time.advance(trouble);
  // Read tokens end after a quarter of an hour.
  if (faults.fires('quiet-for-long')) await time.advance(QUIET);
  faults.heal();
  note('peace');
  await comeToRest(world, time, phones, books, (faults.counts.get('row-lost') ?? 0) > 0);
  checkEnd(world, phones, books);
  for (const phone of phones) phone.close();
  return {
    seed,
    start,
    wrong: books.wrong,
    fired: faults.counts,
    ops: phones.reduce((sum, phone) => sum + phone.told.length, 0),
    events: time.events,
    requests: books.requests,
    trace: stage.trace,
  };
}
