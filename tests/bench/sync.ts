import type { BenchOptions } from './line.ts';
import { SQLITE, startPostgres } from './sync/engines.ts';
import { findPeers } from './sync/peers/install.ts';
import { benchPushes } from './sync/push-bench.ts';
import { Rounds } from './sync/rounds.ts';
import { openSide, type Side } from './sync/side.ts';

const PLAN = {
  slug: 'bench',
  turfs: Array.from({ length: 40 }, () => 60),
  phones: Array.from({ length: 200 }, (_, i) => i % 40),
};

/**
 * Facts taken durably over HTTP on this machine by the built server, beside the bare drivers and
 * what people could use instead. Servers and clients are processes of their own and share the
 * machine's processors, ours as theirs.
 */
export async function bench(options: BenchOptions): Promise<void> {
  const peers = findPeers(options.quick);
  const postgres = await startPostgres();
  const sides: Side[] = [];
  const rounds = new Rounds();
  try {
    sides.push(await openSide(SQLITE, PLAN));
    if (postgres !== null) sides.push(await openSide(postgres.engine, PLAN));
    await benchPushes({ sides, peers, rounds }, options);
  } finally {
    for (const side of sides) await side.close();
    await postgres?.cluster.remove();
  }
}
