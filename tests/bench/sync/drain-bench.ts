import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { BenchOptions } from '../line.ts';
import { ownProcess } from '../../prove/real/scratch.ts';
import { type Engine, makePlace } from './engines.ts';
import { LINE_MS_A_KNOCK } from './goals.ts';
import { printFigure } from './measure.ts';
import { startServer } from './server-process.ts';
import { openSlowLine } from './slow-line.ts';
import { makeTown, type Town } from './town.ts';

const MEGABIT = 1_000_000;

export interface DrainLoad {
  readonly url: string;
  readonly town: Town;
  readonly knocks: number;
}

async function drain(load: DrainLoad): Promise<number> {
  const path = fileURLToPath(new URL('drain-process.ts', import.meta.url));
  const child = fork(path, [], { execArgv: ['--import', 'tsx'] });
  ownProcess(child);
  try {
    const heard = once(child, 'message');
    child.send(load);
    const [told] = (await heard) as [{ ms: number } | { fault: string }];
    if ('fault' in told) throw new Error(told.fault);
    return told.ms;
  } finally {
    child.kill();
  }
}

/**
 * How long a phone with a full outbox needs over a line of 1 Mbit/s, with the app's own core; only
 * its storage is in memory instead of IndexedDB.
 */
export async function benchDrain(engine: Engine, { quick, print }: BenchOptions): Promise<void> {
  const knocks = quick ? 1_000 : 10_000;
  const place = makePlace(engine);
  const plan = { slug: 'bench-drain', turfs: [60], phones: [0] };
  const town = await place.use((ports) => makeTown(ports, plan));
  const server = await startServer(place.environment);
  const line = await openSlowLine(server.url, MEGABIT);
  try {
    const values: number[] = [];
    for (let round = 0; round < (quick ? 1 : 3); round++) {
      values.push(await drain({ url: line.url, town, knocks }));
    }
    printFigure(print, {
      case: `${engine.name}, an outbox of ${knocks} at 1 Mbit/s`,
      figure: 'drain_ms',
      unit: 'ms',
      values,
      against: 'goal: as long as 80 bytes a knock take on that line',
      againstValues: [knocks * LINE_MS_A_KNOCK],
    });
  } finally {
    await line.close();
    await server.stop();
    place.remove();
  }
}
