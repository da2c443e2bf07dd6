import type { BenchOptions } from '../line.ts';
import type { Engine } from './engines.ts';
import { TURF_GOALS } from './goals.ts';
import { printFigure } from './measure.ts';
import { POUCHDB } from './peers/names.ts';
import type { Rounds } from './rounds.ts';
import { openSide } from './side.ts';

const FACTS = 10_000;
const WALKERS = 50;
/** A small turf with one phone, and a large one with fifty that walk it and a fresh one. */
const PLAN = {
  slug: 'bench-pull',
  turfs: [60, 5000],
  phones: [0, ...Array.from({ length: WALKERS }, () => 1), 0, 1],
};
const [SMALL, LARGE, FRESH_SMALL, FRESH_LARGE] = [0, 1, WALKERS + 1, WALKERS + 2] as const;

/**
 * What a fresh phone waits for its turf, of 60 doors with 120 facts and of 5,000 doors with 10,000
 * facts, and how fast a phone that was away gets 10,000 facts.
 */
export async function benchPulls(
  engine: Engine,
  rounds: Rounds,
  { quick, print }: BenchOptions,
): Promise<void> {
  const side = await openSide(engine, PLAN);
  try {
    const url = side.server.url.href;
    const { phones } = side;
    const away = await phones.pull({ url, phone: FRESH_LARGE, cursor: null });
    const load = { url, batch: 100, gzip: true };
    await phones.push({ ...load, from: LARGE, clients: WALKERS, knocks: FACTS });
    await phones.push({ ...load, from: SMALL, clients: 1, knocks: 120 });
    const [small, large, rates, bytes]: [number[], number[], number[], number[]] = [[], [], [], []];
    const times = quick ? 2 : 7;
    // The first round warms both sides up and does not count.
    for (let round = 0; round <= times; round++) {
      const one = await phones.pull({ url, phone: FRESH_SMALL, cursor: null });
      const other = await phones.pull({ url, phone: FRESH_LARGE, cursor: null });
      const pages = await phones.pull({ url, phone: FRESH_LARGE, cursor: away.cursor });
      if (other.facts !== FACTS || pages.facts !== FACTS) throw new Error('Facts are missing.');
      if (round === 0) continue;
      small.push(one.ms);
      large.push(other.ms);
      rates.push((FACTS / pages.ms) * 1000);
      bytes.push(pages.down / FACTS);
    }
    const turf = { figure: 'turf_ms', unit: 'ms', against: 'goal' };
    printFigure(print, {
      ...turf,
      case: `${engine.name}, a fresh phone, 60 doors with 120 facts`,
      values: small,
      againstValues: [TURF_GOALS[60]],
    });
    printFigure(print, {
      ...turf,
      case: `${engine.name}, a fresh phone, 5000 doors with 10000 facts`,
      values: large,
      againstValues: [TURF_GOALS[5000]],
    });
    const pull = { case: `${engine.name}, a phone that was away, 10000 facts`, against: POUCHDB };
    printFigure(print, {
      ...pull,
      figure: 'pulled_per_s',
      unit: '1/s',
      values: rates,
      againstValues: rounds.of('pouchdb pull rate'),
    });
    printFigure(print, {
      ...pull,
      figure: 'wire_down_bytes',
      unit: 'B',
      values: bytes,
      againstValues: rounds.of('pouchdb pull down'),
    });
  } finally {
    await side.close();
  }
}
