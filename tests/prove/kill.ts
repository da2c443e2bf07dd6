import { seededBytes, seededDice } from '#shared/kernel/random.ts';
import type { SealedOp } from '#shared/sync/protocol.ts';
import type { Prove } from './prove.ts';
import { type CaseEnd, proveCases } from './prove-cases.ts';
import { PushRecord, pushUntilDead, sendAgain } from './real/hard-pushes.ts';
import { RawPhone } from './real/raw-phone.ts';
import { makeWorld, type World } from './real/world.ts';

const PHONES = 8;
const BATCHES = 40;

const CLASSES = [
  'server-killed',
  'postgres-stopped',
  'killed-while-booting',
  'answer-lost',
  'acked-sent-again',
  'sent-twice-at-once',
  'batch-split',
] as const;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function joinPhones(world: World): Promise<RawPhone[]> {
  const dice = seededDice(9);
  const random = seededBytes(dice);
  const { turfs } = world.town;
  return Promise.all(
    Array.from({ length: PHONES }, (_, i) => {
      const turf = turfs[i % turfs.length];
      if (turf === undefined) throw new Error('a town without turf');
      const proto = i % 3 === 0 ? 1 : 2;
      return RawPhone.join(world.server.url, `Phone ${i + 1}`, { turf, dice, random, proto });
    }),
  );
}

/** One kill of a server under load, what its disk holds then, and the phones coming back. */
async function killOnce(world: World, phones: readonly RawPhone[], seed: number): Promise<CaseEnd> {
  const dice = seededDice(seed);
  const { server } = world;
  const before = (await world.log.read(Number.MAX_SAFE_INTEGER)).clock;
  const record = new PushRecord(before);
  const load = phones.slice(0, dice.whole(3, PHONES)).map(async (phone) => ({
    phone,
    mine: await pushUntilDead(phone, server.url, record, dice, BATCHES),
  }));
  await sleep(dice.whole(15, 160));
  await world.strike(seed, record);
  const sent: { phone: RawPhone; mine: readonly SealedOp[] }[] = await Promise.all(load);
  await world.mend();
  const found = await world.log.read(before);
  record.check(found, before);
  record.wrong.push(...(await world.log.findDamage()));
  const unanswered = found.ops.length - record.acked;

  if (seed % 4 === 2) {
    record.fire('killed-while-booting');
    server.begin();
    await sleep(dice.whole(50, 700));
    await server.kill();
  }
  if (!server.running) await server.start();
  for (const { phone, mine } of sent) await sendAgain(phone, server.url, record, dice, mine);
  record.checkAll(await world.log.read(before), before);
  return {
    wrong: record.wrong.slice(0, 20),
    fired: record.fired,
    counts: { ops: record.sent, 'committed-but-unanswered': Math.max(0, unanswered) },
  };
}

/**
 * T5: the real server killed under load. SQLite and PostgreSQL take turns by the seed, about one in
 * five on PostgreSQL, where sometimes PostgreSQL itself is stopped instead.
 */
export const prove: Prove = async (options) => {
  const worlds = new Map<string, { world: World; phones: RawPhone[] }>();
  const worldFor = async (engine: 'sqlite' | 'postgres') => {
    const known = worlds.get(engine);
    if (known !== undefined) return known;
    const world = await makeWorld(engine);
    const made = { world, phones: await joinPhones(world) };
    worlds.set(engine, made);
    return made;
  };
  try {
    await proveCases(options, {
      test: 'kill',
      cases: { quick: 3, ci: 250, long: 4000 },
      classes: CLASSES,
      run: async ({ seed }) => {
        const { world, phones } = await worldFor(seed % 5 === 3 ? 'postgres' : 'sqlite');
        return killOnce(world, phones, seed);
      },
    });
  } finally {
    for (const { world } of worlds.values()) await world.remove();
  }
};
