import type { BenchOptions } from '../line.ts';
import { PUSH_GOALS, WIRE_GOAL } from './goals.ts';
import { KnockWriter } from './knocks.ts';
import { percentile, printFigure } from './measure.ts';
import type { Peers } from './peers/install.ts';
import { HOCUSPOCUS, POUCHDB } from './peers/names.ts';
import { runPeer } from './peers/run-peer.ts';
import { toRows } from './raw-rows.ts';
import type { Rounds } from './rounds.ts';
import type { Side } from './side.ts';

/** Of each load; a quick run sends fewer. */
const KNOCKS = 10_000;
const QUICK_KNOCKS = 2_500;
const BATCHES = [100, 5] as const;
/** The larger transaction that the goals name too. */
const LARGE = 1000;

interface Means {
  readonly sides: readonly Side[];
  readonly peers: Peers | null;
  readonly rounds: Rounds;
}

interface Load {
  readonly clients: number;
  readonly batch: 5 | 100;
  readonly knocks: number;
}

const perSecond = ({ knocks }: Load, ms: number): number => (knocks / ms) * 1000;
const nameOf = ({ clients, batch, knocks }: Load): string => {
  const each = knocks / clients;
  const fewer = each < batch ? ` (each has ${each})` : '';
  return `${clients} client${clients === 1 ? '' : 's'}, ${batch} a batch${fewer}`;
};

async function runSide(side: Side, load: Load, rounds: Rounds): Promise<void> {
  const { engine, server, phones, town } = side;
  const about = `${engine.name}, ${nameOf(load)}`;
  const url = server.url.href;
  const used = server.cpuSeconds();
  const { ms, waits, up } = await phones.push({ url, gzip: false, ...load });
  rounds.add(`${about} cpu`, ((server.cpuSeconds() - used) * 1e6) / load.knocks);
  rounds.add(`${about} rate`, perSecond(load, ms));
  rounds.add(`${about} p50`, percentile(waits, 0.5));
  rounds.add(`${about} p99`, percentile(waits, 0.99));
  rounds.add(`${about} up`, up / load.knocks);
  const raw = await side.raw(load.clients);
  const insert = async (batch: number): Promise<number> => {
    const rows = toRows(new KnockWriter(town).write(load.knocks, load.clients));
    const before = process.cpuUsage();
    const rawMs = await raw.insert(rows, batch);
    const { user, system } = process.cpuUsage(before);
    if (batch === load.batch) rounds.add(`${about} raw cpu`, (user + system) / load.knocks);
    return perSecond(load, rawMs);
  };
  rounds.add(`${about} raw`, await insert(load.batch));
  if (load.batch === 5) return;
  rounds.add(`${about} large`, await insert(LARGE));
  const packed = await phones.push({ url, gzip: true, ...load });
  rounds.add(`${about} packed rate`, perSecond(load, packed.ms));
  rounds.add(`${about} packed up`, packed.up / load.knocks);
}

async function runPeers(peers: Peers, town: Side['town'], load: Load, rounds: Rounds) {
  const outboxes = new KnockWriter(town).write(load.knocks, load.clients);
  const { batch } = load;
  const pouch = await runPeer('pouchdb', peers, { outboxes, batch });
  rounds.add(`pouchdb, ${nameOf(load)} rate`, perSecond(load, pouch.pushMs));
  rounds.add(`pouchdb, ${nameOf(load)} up`, pouch.pushUp / load.knocks);
  if (load.clients === 50 && batch === 100) {
    rounds.add('pouchdb pull rate', perSecond(load, pouch.pullMs));
    rounds.add('pouchdb pull down', pouch.pullDown / load.knocks);
  }
  // Yjs knows no batches: it has run with the larger ones already.
  if (batch === 5 || peers.newNode === null || load.knocks < KNOCKS) return;
  const yjs = await runPeer('hocuspocus', peers, { outboxes, batch });
  rounds.add(`hocuspocus, ${load.clients} rate`, perSecond(load, yjs.pushMs));
}

function printSide(print: BenchOptions['print'], side: Side, load: Load, rounds: Rounds): void {
  const { name } = side.engine;
  const about = `${name}, ${nameOf(load)}`;
  const of = (what: string): readonly number[] => rounds.of(`${about} ${what}`);
  const durably = name === 'sqlite' ? 'FULL' : 'synchronous_commit on, under one lock';
  const raw = (batch: number): string => `the bare driver, ${durably}, ${batch} a transaction`;
  const rate = { case: about, figure: 'ops_per_s', unit: '1/s', values: of('rate') };
  const say = (against: string, againstValues: readonly number[]): void =>
    printFigure(print, { ...rate, against, againstValues });
  say(raw(load.batch), of('raw'));
  say(raw(LARGE), of('large'));
  say(POUCHDB, rounds.of(`pouchdb, ${nameOf(load)} rate`));
  say(HOCUSPOCUS, rounds.of(`hocuspocus, ${load.clients} rate`));
  // Of the process alone, so nothing can be said where a database server does part of the work. What
  // else runs on the machine moves it least.
  if (name === 'sqlite') {
    const cpu = { case: about, figure: 'cpu_us_per_op', unit: 'µs', values: of('cpu') };
    printFigure(print, { ...cpu, against: raw(load.batch), againstValues: of('raw cpu') });
  }
  const packed = { ...rate, case: `${about}, gzip` };
  printFigure(print, {
    ...packed,
    values: of('packed rate'),
    against: raw(load.batch),
    againstValues: of('raw'),
  });
  if (load.clients === 50 && load.batch === 100) {
    const wire = { figure: 'wire_up_bytes', unit: 'B', case: `${about}, gzip` };
    const up = { ...wire, values: of('packed up') };
    const pouch = rounds.of(`pouchdb, ${nameOf(load)} up`);
    printFigure(print, { ...up, against: 'goal', againstValues: [WIRE_GOAL] });
    printFigure(print, { ...up, against: POUCHDB, againstValues: pouch });
    const plain = { ...wire, case: about, values: of('up') };
    printFigure(print, { ...plain, against: POUCHDB, againstValues: pouch });
  }
  const goals = PUSH_GOALS[load.batch];
  for (const [figure, goal] of Object.entries(goals)) {
    printFigure(print, {
      case: about,
      figure: `push_${figure}_ms`,
      unit: 'ms',
      values: of(figure),
      against: 'goal',
      againstValues: [goal],
    });
  }
}

/**
 * The same 10,000 knocks from so many clients in batches of so many, over HTTP: ours on each
 * engine, the bare driver and the peers, one after the other in every round.
 */
export async function benchPushes(
  { sides, peers, rounds }: Means,
  { quick, print }: BenchOptions,
): Promise<void> {
  const clients = quick ? [50] : [1, 50, 200];
  const knocks = quick ? QUICK_KNOCKS : KNOCKS;
  const loads = BATCHES.flatMap((batch) =>
    clients.map((count) => ({ clients: count, batch, knocks })),
  );
  for (const { phones, server } of sides) {
    // The first pushes warm both processes up and do not count.
    const url = server.url.href;
    await phones.push({ url, clients: 50, batch: 100, knocks, gzip: false });
  }
  const times = quick ? 1 : 3;
  for (let round = 0; round < times; round++) {
    for (const load of loads) {
      for (const side of sides) await runSide(side, load, rounds);
      const [first] = sides;
      const often = !quick || (round === 0 && load.batch === 100);
      if (peers !== null && first !== undefined && often) {
        // A peer that breaks down costs its own figure, not ours.
        await runPeers(peers, first.town, load, rounds).catch((error: unknown) => {
          console.error(`A peer gave no figure (${nameOf(load)}): ${String(error)}`);
        });
      }
    }
  }
  for (const side of sides) for (const load of loads) printSide(print, side, load, rounds);
}
