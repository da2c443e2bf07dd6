import { seededDice } from '#shared/kernel/random.ts';
import type { MadeChapter, MadeDoor } from '../make-chapter.ts';
import { checkAcknowledged, checkSchedule } from './check-schedule.ts';
import { type Fault, Faults } from './faults.ts';
import type { Mutant } from './mutants.ts';
import { SimNetwork } from './sim-network.ts';
import { SimPhone } from './sim-phone.ts';
import { type SimDevice, SimServer } from './sim-server.ts';
import { VirtualTime } from './virtual-time.ts';

/** What one schedule came to. */
export interface Outcome {
  readonly seed: number;
  /** What must hold and did not; empty when all is well. */
  readonly faults: readonly string[];
  readonly fired: ReadonlyMap<Fault, number>;
  readonly ops: number;
  readonly events: number;
  readonly trace: readonly string[];
}

/** How long the trouble lasts, how soon afterwards every fact has arrived (I12), and a last pull; ms. */
const TROUBLE = 100_000;
const HEALING = 75_000;
const PULLING = 5_000;

/**
 * One made-up afternoon: two to six phones on one turf, facts, crashes and a bad network, all drawn
 * from the seed; then peace; then everything is checked. The same seed is the same afternoon.
 */
export async function runSchedule(
  made: MadeChapter,
  foreign: readonly MadeDoor[],
  seed: number,
  mutant: Mutant | null = null,
): Promise<Outcome> {
  const dice = seededDice(seed);
  const time = new VirtualTime();
  const faults = new Faults(dice);
  const trace: string[] = [];
  const note = (line: string): void => void trace.push(`${time.now} ${line}`);
  const found: string[] = [];

  const turf = await made.addTurf(await made.addDoors(dice.whole(3, 6)));
  const holders: SimDevice[] = [];
  const count = dice.whole(2, 6);
  for (let i = 0; i < count; i++) holders.push({ device: await made.addDevice([turf]), turf });
  const devices = new Map(holders.map((holder) => [holder.device.token, holder]));
  const defer = (run: () => void): void => void time.after(dice.whole(0, 12), run);
  const lies = mutant === 'ack-without-commit';
  const server = new SimServer(made, time, faults, devices, defer, lies);
  const phones = holders.map(
    (holder, i) =>
      new SimPhone({
        seed,
        name: `phone ${i + 1}`,
        chapter: made.chapter,
        holder,
        foreign,
        time,
        dice,
        faults,
        network: new SimNetwork(time, dice, faults, server),
        mutant,
        trace: note,
      }),
  );
  for (const phone of phones) {
    time.after(dice.whole(0, 20_000), () => phone.boot());
    const facts = dice.whole(1, 9);
    for (let i = 0; i < facts; i++) {
      time.after(dice.whole(2_000, TROUBLE), () => void phone.act());
    }
  }
  if (dice.chance(0.3)) {
    const crash = async (): Promise<void> => {
      note('server crashes');
      await server.crash(dice.whole(100, 15_000));
      found.push(...(await checkAcknowledged(made, phones)));
    };
    time.after(dice.whole(10_000, TROUBLE), () => void crash());
  }

  await time.advance(TROUBLE);
  faults.heal();
  note('peace');
  for (const phone of phones) phone.calm();
  await time.advance(HEALING);
  for (const phone of phones) {
    const unsent = [...phone.disk.ops.values()].filter((op) => op.state === 'unsent').length;
    if (unsent > 0)
      found.push(`${phone.name}: ${unsent} facts stuck ${HEALING} ms after the peace`);
  }
  // A packet that was asked for just before the peace and never came is given up after 120 s.
  for (let i = 0; i < 10 && phones.some((phone) => phone.disk.sheet === null); i++) {
    await time.advance(PULLING);
  }
  for (const phone of phones) phone.calm();
  await time.advance(PULLING);
  found.push(...(await checkSchedule(made, turf, phones)));
  for (const phone of phones) phone.end();
  const ops = phones.reduce((sum, phone) => sum + phone.disk.ops.size, 0);
  return { seed, faults: found, fired: faults.counts, ops, events: time.events, trace };
}
