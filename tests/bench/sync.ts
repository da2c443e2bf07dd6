import type { BenchOptions } from './line.ts';
import { benchDrain } from './sync/drain-bench.ts';
import { type Engine, SQLITE, startPostgres } from './sync/engines.ts';
import { benchMemory } from './sync/memory-bench.ts';
import { findPeers } from './sync/peers/install.ts';
import { benchPulls } from './sync/pull-bench.ts';
import { benchPushes } from './sync/push-bench.ts';
import { Rounds } from './sync/rounds.ts';
import { openSide, type Side } from './sync/side.ts';

const PLAN = {
  slug: 'bench',
  turfs: Array.from({ length: 40 }, () => 60),
  phones: Array.from({ length: 200 }, (_, i) => i % 40),
};

async function comparePushes(engines: readonly Engine[], rounds: Rounds, options: BenchOptions) {
  const peers = findPeers(options.quick);
  const sides: Side[] = [];
  try {
    const opened = await Promise.allSettled(engines.map((engine) => openSide(engine, PLAN)));
    for (const one of opened) if (one.status === 'fulfilled') sides.push(one.value);
    for (const one of opened) if (one.status === 'rejected') throw one.reason;
    await benchPushes({ sides, peers, rounds }, options);
  } finally {
    for (const side of sides) await side.close();
  }
}

/**
 * Facts taken durably over HTTP on this machine by the built server, on both engines, beside the
 * bare drivers and what people could use instead; then what a phone fetches, what the server holds
 * in memory, and a slow line. Servers and clients are processes of their own and share the
 * machine's processors, ours as theirs.
 */
export async function bench(options: BenchOptions): Promise<void> {
  const rounds = new Rounds();
  const postgres = await startPostgres();
  const engines = postgres === null ? [SQLITE] : [SQLITE, postgres.engine];
  try {
    await comparePushes(engines, rounds, options);
    for (const engine of options.quick ? [SQLITE] : engines) {
      await benchPulls(engine, rounds, options);
    }
    await benchMemory(SQLITE, options);
    await benchDrain(SQLITE, options);
  } finally {
    await postgres?.cluster.remove();
  }
}
