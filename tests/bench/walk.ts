import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededDice } from '#shared/kernel/random.ts';
import { stopMatrix } from '#shared/streets/stop-matrix.ts';
import { kicksFor, solveTour } from '#shared/walk/solve-tour.ts';
import { TOUR_MODES, type TourMode } from '#shared/walk/tour-mode.ts';
import { hasPlaces } from './geocode-data.ts';
import { type BenchLine, type BenchOptions, median, round } from './line.ts';
import { timeInWorker } from './walk-browser.ts';
import { type City, OPTIMA, pickStops, readCity, readInstance } from './walk-cases.ts';

/** Processor time of this process so far, in milliseconds. */
const cpu = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** A search that ends when it has used so much of the processor. */
function within(ms: number): { kicks: number; spent: () => number } {
  const began = cpu();
  return { kicks: Number.MAX_SAFE_INTEGER, spent: () => (cpu() - began) / ms };
}

const mean = (figures: readonly number[]): number =>
  figures.reduce((a, b) => a + b, 0) / figures.length;

type Say = (line: Omit<BenchLine, 'bench' | 'ratio'>) => void;

/** Gaps in per cent of a first version, after 50, 200 and 1000 ms (pr1002: its plain lists at 200). */
const FIRST: Readonly<Record<string, readonly [number, number, number]>> = {
  eil51: [0.1, 0, 0],
  berlin52: [0.1, 0, 0],
  kroA100: [0.1, 0, 0],
  kroA200: [0, 0, 0],
  lin318: [0.28, 0.13, 0],
  pcb442: [0.7, 0.26, 0.16],
  rat575: [1, 0.09, 0.04],
  pr1002: [1.6, 0.6, 0.42],
};

function benchInstances(say: Say, quick: boolean): void {
  const seeds = quick ? [1] : [1, 2, 3, 4, 5];
  for (const [name, optimum] of Object.entries(OPTIMA)) {
    const instance = readInstance(name);
    if (instance === null) continue;
    const goal = name === 'pr1002' ? 0.3 : 0.15;
    [50, 200, 1000].forEach((ms, at) => {
      if (quick && ms === 1000 && name !== 'pr1002') return;
      const gaps = seeds.map((seed) => {
        // The optimum is known: nothing has to be proved.
        const wish = { mode: 'closed', seed, proof: false } as const;
        const { length } = solveTour({ ...instance, ...wish, ...within(ms) });
        return (100 * (length - optimum)) / optimum;
      });
      say({
        case: name,
        figure: `above the optimum after ${ms} ms of processor`,
        value: round(mean(gaps)),
        unit: '%',
        // The goals are for 200 ms, and for a second of the largest.
        ...(ms === (name === 'pr1002' ? 1000 : 200)
          ? { against: 'goal', againstValue: goal }
          : { against: 'first version', againstValue: FIRST[name]?.[at] ?? 0 }),
        n: seeds.length,
      });
    });
  }
}

/** Lengths that a long search of our own found: `npm run bench -- walk` reads, never writes it. */
const BEST = JSON.parse(readFileSync(join(import.meta.dirname, 'walk-best.json'), 'utf8')) as {
  readonly lengths: Readonly<Record<string, number>>;
};

/** Stops, processor time, the goal in per cent above the best known. */
const CASES: readonly (readonly [size: number, ms: number, goal: number])[] = [
  [20, 20, 0],
  [45, 20, 0],
  [100, 20, 0],
  [200, 100, 0.05],
  [500, 200, 0.2],
  [500, 1000, 0.05],
];

export const caseCount = (size: number): number => (size === 500 ? 2 : 4);

function benchStreets(say: Say, city: City, quick: boolean): void {
  for (const [size, ms, goal] of CASES) {
    const gaps: number[] = [];
    const bounds: number[] = [];
    for (let seed = 1; seed <= (quick ? 1 : caseCount(size)); seed++) {
      const metres = stopMatrix(city.network, city.stops, pickStops(city, size, seed));
      for (const mode of TOUR_MODES) {
        const found = solveTour({ count: size, metres, mode, ...within(ms) });
        const best = BEST.lengths[`${size}/${seed}/${mode}`] ?? found.length;
        gaps.push((100 * (found.length - best)) / best);
        // What is shown with an order comes without a clock.
        const shown = solveTour({ count: size, metres, mode });
        bounds.push((100 * (shown.length - shown.lowerBound)) / shown.lowerBound);
      }
    }
    const what = { case: `cambridge, ${size} stops, ${ms} ms`, unit: '%', n: gaps.length };
    const against = { against: 'goal', againstValue: goal };
    say({ ...what, ...against, figure: 'above the best known, mean', value: round(mean(gaps)) });
    say({
      ...what,
      against: 'goal',
      againstValue: size === 200 ? 0.3 : goal,
      figure: 'above the best known, worst',
      value: round(Math.max(...gaps)),
    });
    say({
      ...what,
      case: `cambridge, ${size} stops`,
      against: 'goal',
      againstValue: 1.5,
      figure: 'above its own bound, mean',
      value: round(mean(bounds)),
    });
  }
}

function benchTimes(say: Say, city: City, quick: boolean): void {
  const runs = quick ? 3 : 9;
  const goals: Readonly<Record<number, [matrix: number, order: number]>> = {
    45: [4, 10],
    60: [5, 10],
    500: [150, 200],
  };
  for (const size of [45, 60, 500]) {
    const which = pickStops(city, size, 7);
    const [matrixMs, orderMs]: [number[], number[]] = [[], []];
    for (let run = 0; run < runs; run++) {
      const began = cpu();
      const metres = stopMatrix(city.network, city.stops, which);
      const measured = cpu();
      solveTour({ count: size, metres, mode: 'open' });
      matrixMs.push(measured - began);
      orderMs.push(cpu() - measured);
    }
    const what = { case: `cambridge, ${size} stops`, unit: 'ms of processor', n: runs };
    const [matrix, order] = goals[size] ?? [NaN, NaN];
    say({
      ...what,
      figure: 'matrix',
      value: round(median(matrixMs)),
      against: 'goal',
      againstValue: matrix,
    });
    say({
      ...what,
      figure: 'order',
      value: round(median(orderMs)),
      against: 'goal',
      againstValue: order,
    });
  }
}

/** A turf's doors in order, with the bound, as the desk and the phone have it computed. */
async function benchWorker(say: Say, city: City, quick: boolean): Promise<void> {
  const runs = quick ? 3 : 9;
  const sizes = [60, 500];
  const turfs = sizes.map((size) =>
    pickStops(city, size, 7).flatMap((stop) => city.doors[stop] ?? []),
  );
  const times = await timeInWorker(turfs, runs);
  sizes.forEach((size, i) => {
    say({
      case: `cambridge, ${size} doors`,
      figure: 'from doors to order and bound in a browser worker',
      value: round(median(times[i] ?? [])),
      unit: 'ms',
      against: 'goal',
      againstValue: size === 60 ? 20 : 500,
      n: runs,
    });
  });
}

/** How time and memory grow with the stops: a town of chance, ways straight. */
function benchGrowth(say: Say, quick: boolean): void {
  let before = NaN;
  for (const count of quick ? [250, 500, 1000] : [250, 500, 1000, 2000, 4000]) {
    const dice = seededDice(count);
    const places = Array.from({ length: count }, () => [dice.next() * 3000, dice.next() * 3000]);
    const metres = new Float64Array(count * count);
    places.forEach(([x = 0, y = 0], i) => {
      places.forEach(([ox = 0, oy = 0], j) => {
        metres[i * count + j] = Math.round(10 * Math.hypot(x - ox, y - oy)) / 10;
      });
    });
    const began = cpu();
    solveTour({ count, metres, mode: 'open', kicks: kicksFor(count) });
    const ms = cpu() - began;
    say({
      case: `${count} stops by chance`,
      figure: 'order',
      value: round(ms),
      unit: 'ms of processor',
      against: 'half as many stops, four times',
      againstValue: round(4 * (Number.isNaN(before) ? ms / 4 : before)),
      n: 1,
    });
    before = ms;
  }
}

/** Walk orders: how good, how fast, how it grows. Reads what the folder of data has. */
export async function bench({ quick, print }: BenchOptions): Promise<void> {
  const say: Say = (line) => {
    const isGap = line.unit === '%';
    const ratio = isGap
      ? (100 + line.againstValue) / (100 + line.value)
      : line.againstValue / line.value;
    print({ bench: 'walk', ...line, ratio: round(ratio) });
  };
  // The first searches of a process are compiled on the way: not what is measured.
  const warm = readInstance('kroA100');
  const modes: readonly TourMode[] = TOUR_MODES;
  for (const mode of modes) if (warm) solveTour({ ...warm, mode, ...within(200) });
  benchInstances(say, quick);
  if (hasPlaces()) {
    const city = await readCity();
    benchStreets(say, city, quick);
    benchTimes(say, city, quick);
    await benchWorker(say, city, quick);
  } else process.stderr.write('No data of Cambridge is here: its figures are left out.\n');
  benchGrowth(say, quick);
}
