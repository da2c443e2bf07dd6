import { type Dice, seededDice } from '#shared/kernel/random.ts';
import type { CrashPlan } from './life.ts';
import { Books } from './books.ts';
import { checkEnd, checkShown } from './check-schedule.ts';
import { drawOdds, type Fault, Faults, type Odds } from './faults.ts';
import { drawActs, planDay } from './plan-desk.ts';
import { SimNetwork } from './sim-network.ts';
import { type Errand, SimPhone } from './sim-phone.ts';
import { VirtualTime } from './virtual-time.ts';
import type { World } from './world.ts';

/** What one schedule came to. */
export interface Outcome {
  readonly seed: number;
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

/** How soon after the trouble every fact has arrived (I12), in ms. */
const HEALING = 60_000;
const QUIET = 16 * 60_000;

function drawPhones(dice: Dice): number {
  const size = dice.next();
  if (size < 0.78) return dice.whole(2, 3);
  return size < 0.985 ? dice.whole(4, 6) : dice.whole(7, 20);
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
 * afternoon.
 */
export async function runSchedule(
  world: World,
  seed: number,
  kind: Kind = 'mixed',
): Promise<Outcome> {
  const dice = seededDice(seed);
  const time = new VirtualTime();
  const odds: Odds = drawOdds(dice);
  const faults = new Faults(dice, odds);
  const trace: string[] = [];
  const note = (line: string): void => void trace.push(`${time.now} ${line}`);
  await world.begin(seed, time, (moment) => {
    if (moment === 'before' && faults.fires('commit-fails')) throw new Error('disk I/O error');
    if (moment === 'after' && faults.fires('commit-word-lost')) throw new Error('no word');
  });
  const books = new Books(world);

  const trouble = dice.whole(30_000, 90_000);
  const errands = drawErrands(world, dice, faults, drawPhones(dice));
  const phones = errands.map((errand, i) => {
    const phone: SimPhone = new SimPhone({
      seed,
      towns: world.towns,
      name: `phone ${i + 1}`,
      time,
      dice,
      faults,
      network: new SimNetwork({
        time,
        dice,
        faults,
        world,
        towns: () => [...phone.faces.map((face) => face.town), phone.errand?.town ?? errand.town],
        ip: `10.0.${i}.${dice.whole(1, 250)}`,
        witness: (request, reply) => books.witness(phone, request, reply),
      }),
      planCrash: crashPlanner(dice, faults),
      trace: note,
      onCrash: () => books.say(checkShown(phone)),
      onActed: () => books.say(checkShown(phone)),
      onSaved: (op) => void books.saved.set(op.opId, op),
      onLoss: (op) =>
        books.say([`${phone.name}: an unsent ${op.type} was deleted or changed (I17)`]),
    });
    phone.take(errand);
    time.after(dice.whole(0, trouble / 5), () => phone.boot());
    const facts = dice.whole(1, 7);
    for (let n = 0; n < facts; n++) {
      time.after(dice.whole(2_000, trouble), () => void phone.act());
    }
    return phone;
  });
  const acts = drawActs(dice, faults, kind === 'storm');
  planDay({ world, time, dice, faults, phones, books, trouble, note }, acts);

  await time.advance(trouble);
  // Read tokens end after a quarter of an hour.
  if (faults.fires('quiet-for-long')) await time.advance(QUIET);
  faults.heal();
  note('peace');
  await time.advanceUntil(() => world.up, 60_000);
  for (const phone of phones) phone.calm();
  await time.advanceUntil(() => phones.every((phone) => phone.unsent === 0), HEALING);
  for (const phone of phones) {
    if (phone.unsent > 0 && !phone.broken) {
      books.say([`${phone.name}: ${phone.unsent} facts stuck ${HEALING} ms after the peace (I12)`]);
    }
  }
  // A packet that was asked for just before the peace and never came is given up after 120 s.
  await time.advanceUntil(() => phones.every((phone) => phone.settled), 130_000, 5_000);
  for (let round = 0; round < 2; round++) {
    const synced = new Set<SimPhone>();
    for (const phone of phones) {
      if (phone.running) void phone.sync().then(() => synced.add(phone));
      else synced.add(phone);
    }
    await time.advanceUntil(() => synced.size === phones.length, HEALING);
  }
  checkEnd(world, phones, books);
  for (const phone of phones) phone.close();
  return {
    seed,
    wrong: books.wrong,
    fired: faults.counts,
    ops: phones.reduce((sum, phone) => sum + phone.told.length, 0),
    events: time.events,
    requests: books.requests,
    trace,
  };
}
