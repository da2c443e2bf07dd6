import { seededDice } from '#shared/kernel/random.ts';
import type { Prove } from './prove.ts';
import { type CaseEnd, proveCases } from './prove-cases.ts';
import { BadProxy, NETWORK_FAULTS } from './real/bad-proxy.ts';
import { RealPhone } from './real/real-phone.ts';
import { makeWorld, type World } from './real/world.ts';

/** Waits on the phone and in the network are so many times shorter than in the street. */
const SPEED = 25;
const PHONES = 2;
/** Unsent is 0 within this time of the street after the network is well again (I12). */
const HEALING_MS = 60_000;
/** A slow machine is no fault of the protocol: waits in real time are at least this long. */
const PATIENCE_MS = 20_000;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Two phones of one turf on a bad network each, then a good one. */
async function walkOnce(world: World, seed: number): Promise<CaseEnd> {
  const dice = seededDice(seed);
  const { server, town, log } = world;
  const wrong: string[] = [];
  const before = (await log.read(Number.MAX_SAFE_INTEGER)).last;
  const turf = dice.pick(town.turfs);
  const classes = [...NETWORK_FAULTS]
    .map((fault) => ({ fault, at: dice.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ fault }) => fault);
  const pairs = await Promise.all(
    Array.from({ length: PHONES }, async (_, i) => {
      const proxy = new BadProxy(server.port, SPEED, dice);
      await proxy.open();
      const phone = new RealPhone({ url: () => proxy.url, speed: SPEED, dice });
      await phone.join(await turf.invite(), `Phone ${i + 1}`);
      if (!(await phone.fetchPacket())) throw new Error('no packet on a good network');
      // Each fault happens at least once in each case, to the one phone or to the other.
      proxy.misbehave(
        classes.filter((_fault, n) => n % PHONES === i),
        0.4,
      );
      return { proxy, phone };
    }),
  );
  const told = await Promise.all(
    pairs.map(async ({ proxy, phone }) => {
      const saved: string[] = [];
      phone.start();
      const until = performance.now() + PATIENCE_MS;
      for (let i = 0; i < 12 || (proxy.due > 0 && performance.now() < until); i++) {
        for (let n = dice.whole(0, 4); n > 0; n--) saved.push(await phone.knock());
        if (i === 6) await proxy.refuse(dice.whole(1_000, 8_000));
        else if (dice.chance(0.1)) phone.restart();
        else if (dice.chance(0.4)) void phone.syncNow();
        await sleep(dice.whole(10, 90));
      }
      proxy.heal();
      void phone.syncNow();
      return saved;
    }),
  );
  const limit = Math.max(PATIENCE_MS, HEALING_MS / SPEED);
  for (const [i, { phone }] of pairs.entries()) {
    if (!(await phone.drained(limit))) {
      wrong.push(`phone ${i + 1}: ${(await phone.unsent()).length} facts are stuck`);
    }
  }
  // What was doubled may still be on its way.
  await sleep(3_000 / SPEED);
  for (const { phone } of pairs) await phone.syncNow();

  const found = await log.read(before);
  const there = new Map(found.ops.map((op) => [op.opId, op]));
  if (there.size !== found.ops.length) wrong.push('a fact is in the log twice');
  const sent = told.flat();
  if (found.ops.length !== sent.length) {
    wrong.push(`${sent.length} facts were saved, ${found.ops.length} arrived`);
  }
  for (const [i, { phone }] of pairs.entries()) {
    const rows = new Map((await phone.packets.readRows()).map((row) => [row.opId as string, row]));
    for (const op of await phone.outbox.listAll()) {
      if (there.get(op.opId)?.sha256 !== op.sha256) wrong.push(`${op.opId} is not in the log`);
      if (op.result?.status !== 'applied') wrong.push(`${op.opId} was told ${op.state}`);
      else if (op.result.seq !== there.get(op.opId)?.seq)
        wrong.push(`${op.opId} has another place`);
    }
    const missing = sent.filter((opId) => !rows.has(opId));
    if (missing.length > 0) wrong.push(`phone ${i + 1} never pulled ${missing.length} facts`);
  }
  const fired = pairs.flatMap(({ proxy }) => [...proxy.fired]);
  for (const { proxy, phone } of pairs) {
    phone.close();
    await proxy.close();
  }
  return { wrong, fired, counts: { ops: sent.length } };
}

/** T7: the real client core against the real server through a network that does all it can. */
export const prove: Prove = async (options) => {
  const worlds = new Map<string, World>();
  try {
    await proveCases(options, {
      test: 'network',
      cases: { quick: 2, ci: 40, long: 2000 },
      classes: [...NETWORK_FAULTS, 'refused'],
      run: async ({ seed }) => {
        const engine = seed % 4 === 0 ? 'postgres' : 'sqlite';
        const world = worlds.get(engine) ?? (await makeWorld(engine));
        worlds.set(engine, world);
        return walkOnce(world, seed);
      },
    });
  } finally {
    for (const world of worlds.values()) await world.remove();
  }
};
