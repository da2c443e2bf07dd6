import { problem, type Problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { Joined } from '#shared/model/chapter.ts';
import { holdBallast } from '../store/ballast.ts';
import { hashText } from '../store/hash-text.ts';
import type { PacketSheet } from '../store/packet-store.ts';
import { clock, outbox, packets, randomBytes, vault } from '../store/phone-store.ts';
import { sealText } from '../store/seal-text.ts';
import { board } from './board.ts';
import { makeEngine } from './engine.ts';
import { joinTurf as joinWith } from './join.ts';
import type { CorePorts } from './ports.ts';
import { webSigner } from './signer.ts';
import { talks } from './talks.ts';
import { fetchTransport } from './transport.ts';
import { watchTriggers } from './triggers.ts';
import { witness } from './witness.ts';

/** How often to look for what others did, in ms. */
const EVERY = 30_000;

async function freeBytes(): Promise<number | null> {
  if (!('storage' in navigator)) return null;
  const { quota, usage } = await navigator.storage.estimate();
  return quota === undefined ? null : quota - (usage ?? 0);
}

/** The client core's surroundings in a browser. */
export const ports: CorePorts = {
  outbox,
  packets,
  transport: fetchTransport,
  clock: { now: () => clock.now(), elapsed: () => performance.now() },
  timers: {
    after: (ms, run) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  },
  random: randomBytes,
  roll: () => Math.random(),
  signer: webSigner,
  seal: sealText,
  hash: hashText,
  lock: {
    guard: async () => {
      await vault.ready();
      return vault.read().guard;
    },
    clear: () => vault.clear(),
  },
  talks,
  freeBytes: () => freeBytes().catch(() => null),
};

/** This page's client core; it runs in the leading tab, and anywhere when it is asked to. */
export const engine = makeEngine(ports, { idleMs: EVERY, tell: board.tell });

/** Runs the core in this tab until the function given back is called. */
export function startCore(): () => void {
  engine.start();
  // A ballast that cannot be taken in is missed only when the disk is full.
  void holdBallast().catch(() => {});
  const stops = [
    outbox.watchUnsent((unsent) => {
      if (unsent > 0) engine.wakePush();
    }),
    watchTriggers(() => void engine.syncNow()),
    // What was opened wants to know what happened meanwhile; what was destroyed is to be told.
    vault.subscribe(() => void engine.syncNow()),
  ];
  return () => {
    engine.stop();
    for (const stop of stops) stop();
  };
}

/** Trades a launch code for a place in the chapter. */
export function joinTurf(code: string, name: string): Promise<Result<Joined>> {
  const means = { outbox, transport: fetchTransport, signer: webSigner, witness };
  return joinWith({ code, name }, means);
}

/** Puts the packet of this phone's turf on the phone. */
export async function fetchPacket(): Promise<Result<PacketSheet, Problem>> {
  try {
    const failure = await engine.fetchPacket();
    if (failure !== null) return fail(failure.problem);
    const sheet = await packets.readPacket();
    return sheet === null ? fail(problem('no-network')) : ok(sheet);
  } catch (error) {
    return fail(problem('not-saved', { reason: error instanceof Error ? error.name : '' }));
  }
}
