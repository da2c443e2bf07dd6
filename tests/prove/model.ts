import fc from 'fast-check';
import { checkEnd } from '../scenario/sim/check-schedule.ts';
import { comeToRest } from '../scenario/sim/come-to-rest.ts';
import { World } from '../scenario/sim/world.ts';
import {
  EVENTS,
  FIRED,
  KINDS,
  makeEvent,
  MOVING,
  openWalk,
  OTHERWISE,
  Say,
  Withdraw,
} from '../scenario/model/walk-commands.ts';
import { proveCases } from './prove-cases.ts';
import type { ProveOptions } from './prove.ts';

const MOST = 60;
const phone = fc.nat(1);
// What moves a door is said most often: there is most to get wrong.
const kinds = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...MOVING) },
  { weight: 1, arbitrary: fc.constantFrom(...KINDS) },
);
const facts = [
  fc.tuple(phone, kinds, fc.nat(5)).map((args) => new Say(...args)),
  phone.map((i) => new Withdraw(i)),
];
const events = Object.keys(EVENTS).map((name) => phone.map((i) => makeEvent(name, i)));
// Facts now and then among the events, so that there is something to lose.
const commands = fc.commands([...facts, ...facts, ...facts, ...events], {
  maxCommands: MOST,
  size: 'max',
});

/**
 * T1: commands drawn by fast-check run on the real core with the real server and on a model that
 * was written out of the promises alone; after each of them both must say the same.
 */
export async function prove(options: ProveOptions): Promise<void> {
  const world = await World.open();
  await proveCases(options, {
    test: 'model',
    cases: { quick: 20, ci: 2_000, long: 100_000 },
    classes: ['withdraw', ...MOVING, OTHERWISE, ...Object.keys(EVENTS)],
    run: async ({ seed }) => {
      FIRED.clear();
      // Left to itself, a first run is a short one.
      const drawn = seed % 4 === 0 ? fc.noBias(commands) : commands;
      const property = fc.asyncProperty(drawn, async (steps) => {
        const { model, real } = await openWalk(world, seed);
        await fc.asyncModelRun(() => ({ model, real }), steps);
        const { stage, phones, networks } = real;
        for (const network of networks) network.cut = false;
        stage.faults.heal();
        await comeToRest(world, stage.time, phones, stage.books);
        checkEnd(world, phones, stage.books);
        for (const one of phones) one.close();
        if (stage.books.wrong.length > 0) throw new Error(stage.books.wrong.join('; '));
      });
      const limits = { interruptAfterTimeLimit: 60_000 };
      const end = await fc.check(property, { seed, numRuns: 1, ...limits });
      const said = end.errorInstance instanceof Error ? end.errorInstance.message : '';
      const wrong = end.failed ? [`${fc.defaultReportMessage(end) ?? 'it failed'}\n${said}`] : [];
      return { wrong, fired: [...FIRED] };
    },
  });
  await world.close();
}
