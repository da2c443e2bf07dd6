import './commit-faults.ts';
import { type Dice, seededDice } from '#shared/kernel/random.ts';
import type { GuardKind } from '../../../client/lock/lock-disk.ts';
import { Books } from './books.ts';
import { checkShown, checkWaited } from './check-schedule.ts';
import { Faults, type Odds } from './faults.ts';
import type { CrashPlan } from './life.ts';
import { SimNetwork } from './sim-network.ts';
import { SimPhone } from './sim-phone.ts';
import { VirtualTime } from './virtual-time.ts';
import type { World } from './world.ts';

/** Everything of one schedule, however it goes. */
export interface Stage {
  readonly world: World;
  readonly seed: number;
  readonly dice: Dice;
  readonly time: VirtualTime;
  readonly faults: Faults;
  readonly books: Books;
  readonly phones: SimPhone[];
  readonly trace: string[];
  readonly note: (line: string) => void;
}

/** Makes the world as it was and a clock that stands at its beginning. */
export async function openStage(
  world: World,
  seed: number,
  drawOdds: (dice: Dice) => Odds,
): Promise<Stage> {
  const dice = seededDice(seed);
  const time = new VirtualTime();
  const faults = new Faults(dice, drawOdds(dice));
  const trace: string[] = [];
  await world.begin(seed, time, (moment) => {
    if (moment === 'before' && faults.fires('commit-fails')) throw new Error('disk I/O error');
    if (moment === 'after' && faults.fires('commit-word-lost')) throw new Error('no word');
  });
  const note = (line: string): void => void trace.push(`${time.now} ${line}`);
  return { world, seed, dice, time, faults, books: new Books(world), phones: [], trace, note };
}

/** A phone with a network of its own, watched at every step; not started yet. */
export function addPhone(
  stage: Stage,
  planCrash: () => CrashPlan,
  guard: GuardKind | null = null,
): { readonly phone: SimPhone; readonly network: SimNetwork } {
  const { world, seed, dice, time, faults, books, phones, note: trace } = stage;
  const number = phones.length + 1;
  const network = new SimNetwork({
    time,
    dice,
    faults,
    world,
    towns: () => [
      ...phone.faces.map((face) => face.town),
      ...(phone.errand === null ? [] : [phone.errand.town]),
    ],
    ip: `10.0.${number}.${dice.whole(1, 250)}`,
    witness: (request, reply) => books.witness(phone, request, reply),
  });
  // After a restore a phone's sealed facts are seen again only when the log has brought them back.
  const look = (): void => {
    books.say(checkWaited(phone));
    if (!world.replaced) books.say(checkShown(phone));
  };
  const phone: SimPhone = new SimPhone({
    seed,
    towns: world.towns,
    name: `phone ${number}`,
    time,
    dice,
    faults,
    network,
    planCrash,
    guard,
    trace,
    onCrash: look,
    onActed: look,
    watch: {
      onSaved: (op) => void books.saved.set(op.opId, op),
      onLoss: (op) =>
        books.say([`${phone.name}: an unsent ${op.type} was deleted or changed (I17)`]),
      onSettled: ({ opId, type }) => {
        if (books.hasAnswered(opId)) return;
        books.say([`${phone.name}: a ${type} that no server answered for is shown as sent (I17)`]);
      },
    },
  });
  phones.push(phone);
  return { phone, network };
}
