import { FLOWS, type CrashStage, type Flow } from '../scenario/sim/crash-flows.ts';
import { checkEnd } from '../scenario/sim/check-schedule.ts';
import { comeToRest } from '../scenario/sim/come-to-rest.ts';
import type { Gate } from '../scenario/sim/life.ts';
import { addPhone, openStage } from '../scenario/sim/stage.ts';
import { World } from '../scenario/sim/world.ts';
import { proveCases } from './prove-cases.ts';
import type { ProveOptions, Size } from './prove.ts';

interface Point {
  readonly flow: Flow;
  readonly load: number;
  /** Counted from 1 among the gates that the job passes; 0 for a run without a crash. */
  readonly at: number;
  readonly name: string;
}
interface Run {
  readonly wrong: readonly string[];
  readonly gates: readonly Gate[];
  readonly crashed: boolean;
}

const SEED = 7;
const NEVER = (): boolean => false;

/** Lives through one job of the core, crashes exactly at this gate, starts again, heals, looks. */
async function runPoint(world: World, { flow, load, at }: Omit<Point, 'name'>): Promise<Run> {
  const stage = await openStage(world, SEED, () => new Map());
  const { time, books, faults, phones } = stage;
  const gates: Gate[] = [];
  let armed = false;
  let crashed = false;
  const planCrash = () => (gate: Gate) => {
    if (!armed) return false;
    gates.push(gate);
    if (gates.length !== at) return false;
    crashed = true;
    armed = false;
    return true;
  };
  // Each start of the app finds its rows locked, until somebody takes the phone up.
  const { phone, network } = addPhone(stage, planCrash, 'pin');
  const { phone: other } = addPhone(stage, () => NEVER);
  const [town] = world.towns;
  const [turf] = town.turfs;
  if (turf === undefined) throw new Error('A town has three turfs.');
  for (const one of phones) one.take({ town, turf });
  const acted: CrashStage = { ...stage, phone, network, other, errand: { town, turf }, load };
  await flow.before(acted);
  armed = true;
  await flow.job(acted);
  armed = false;
  network.cut = false;
  faults.heal();
  await comeToRest(world, time, phones, books);
  checkEnd(world, phones, books);
  for (const one of phones) one.close();
  return { wrong: books.wrong, gates, crashed };
}

/** Every gate of every job with every load, found by living through each once without a crash. */
async function enumerate(world: World, size: Size): Promise<{ points: Point[]; wrong: string[] }> {
  const points: Point[] = [];
  const wrong: string[] = [];
  for (const flow of FLOWS) {
    // The largest load passes every kind of gate that there is.
    for (const load of size === 'quick' ? flow.loads.slice(-1) : flow.loads) {
      const run = await runPoint(world, { flow, load, at: 0 });
      const title = `${flow.name} with ${load}`;
      wrong.push(...run.wrong.map((fault) => `${title}, without a crash: ${fault}`));
      for (const [i, { name, moment }] of run.gates.entries()) {
        points.push({ flow, load, at: i + 1, name: `${title}, ${i + 1}: ${moment} ${name}` });
      }
    }
  }
  return { points, wrong };
}

/** So many are asked of every commit. */
const AT_LEAST = 1_000;

/**
 * All of them at night; otherwise a fourth of them, or two of each job. What comes before an edge and
 * what comes after it take turns, so of eight in a row it is the first, which is before one, and the
 * sixth, which is after another.
 */
function choose(points: readonly Point[], size: Size): readonly Point[] {
  if (size === 'long') return points;
  const chosen = FLOWS.flatMap((flow) => {
    const own = points.filter((point) => point.flow === flow);
    if (size === 'ci') return own.filter((_, i) => i % 8 === 0 || i % 8 === 5);
    const middle = Math.floor(own.length / 2);
    return own.slice(middle, middle + 2);
  });
  if (size === 'ci' && chosen.length < AT_LEAST) throw new Error(`only ${chosen.length} points`);
  return chosen;
}

/**
 * T3: the app dies at every edge of its storage and its network, before and after, in every job
 * that it does; then it is started again, and nothing may be lost, doubled, stuck or left behind.
 */
export async function prove(options: ProveOptions): Promise<void> {
  const world = await World.open();
  const { points: all, wrong: before } = await enumerate(world, options.size);
  const points = choose(all, options.size);
  await proveCases(options, {
    test: 'crash-points',
    cases: { quick: points.length, ci: points.length, long: points.length },
    classes: FLOWS.map((flow) => flow.name),
    run: async ({ number, seed }) => {
      // By the seed, so that a red point is tried again by its seed alone.
      const point = points[(seed + points.length - 1) % points.length];
      if (point === undefined) throw new RangeError(`There are ${points.length} points.`);
      const { wrong, crashed } = await runPoint(world, point);
      const missed = crashed ? [] : ['the crash never came: the job went another way'];
      const said = [...(number === 0 ? before : []), ...missed, ...wrong];
      return {
        wrong: said.map((fault) => `${point.name}: ${fault}`),
        fired: [[point.flow.name, 1]],
      };
    },
  });
  await world.close();
}
