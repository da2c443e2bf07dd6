import { existsSync } from 'node:fs';
import type { BenchOptions } from '../line.ts';
import { type Engine, makePlace } from './engines.ts';
import { MEMORY_GOALS } from './goals.ts';
import { printFigure } from './measure.ts';
import { startPhones } from './phones.ts';
import { startServer } from './server-process.ts';
import { makeTown, type Town } from './town.ts';

const FACTS = 10_000;

interface Crowd {
  readonly chapters: number;
  readonly active: number;
  readonly goal: number;
}

/**
 * Memory of a server's process with so many chapters, after the active ones have taken 10,000 facts
 * in all from fifty phones, each of which then fetched its turf.
 */
async function measure(engine: Engine, { chapters, active }: Crowd): Promise<number> {
  const place = makePlace(engine);
  const towns: Town[] = [];
  await place.use(async (ports) => {
    for (let i = 0; i < chapters; i++) {
      const busy = i < active;
      const phones = Array.from({ length: 50 / active }, () => 0);
      const plan = busy ? { turfs: [60], phones } : { turfs: [], phones: [] };
      const town = await makeTown(ports, { slug: `bench-${i}`, ...plan });
      if (busy) towns.push(town);
    }
  });
  const [first] = towns;
  if (first === undefined) throw new RangeError('no active chapter');
  const server = await startServer(place.environment);
  const phones = startPhones(first);
  try {
    const url = server.url.href;
    for (const town of towns) {
      await phones.moveTo(town);
      const clients = town.phones.length;
      await phones.push({ url, clients, batch: 100, knocks: FACTS / active, gzip: true });
      for (let phone = 0; phone < clients; phone++) {
        await phones.pull({ url, phone, cursor: null });
      }
    }
    return server.rssMiB();
  } finally {
    phones.stop();
    await server.stop();
    place.remove();
  }
}

/** Memory with one chapter, and with a thousand of which fifty are active. Linux alone says it. */
export async function benchMemory(engine: Engine, { quick, print }: BenchOptions): Promise<void> {
  if (!existsSync('/proc/self/status')) {
    console.error('The figures of memory are left out: this system has no /proc.');
    return;
  }
  const { few, many } = MEMORY_GOALS;
  const crowds = [
    { chapters: 1, active: 1, goal: few },
    { chapters: 1000, active: 50, goal: many },
  ];
  // A thousand chapters take longer to make than a quick run may last.
  for (const one of quick ? crowds.slice(0, 1) : crowds) {
    const rss = await measure(engine, one);
    const busy =
      one.chapters === 1 ? '1 chapter' : `${one.chapters} chapters, ${one.active} active`;
    printFigure(print, {
      case: `${engine.name}, ${busy}`,
      figure: 'server_rss_mib',
      unit: 'MiB',
      values: [rss],
      against: 'goal',
      againstValues: [one.goal],
    });
  }
}
