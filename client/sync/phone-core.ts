import { problem, type Problem } from '#shared/kernel/make-problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { Joined } from '#shared/model/chapter.ts';
import type { Waiting } from '#shared/model/invite.ts';
import { holdBallast } from '../store/ballast.ts';
import { hashText } from '../store/hash-text.ts';
import type { PacketSheet } from '../store/packet-store.ts';
import { clock, outbox, packets, randomBytes, vault } from '../store/phone-store.ts';
import { sealText } from '../store/seal-text.ts';
import { waitingJoin } from '../store/waiting-join.ts';
import { board } from './board.ts';
import { makeEngine } from './engine.ts';
import { joinTurf as joinWith, type JoinWish } from './join.ts';
import type { CorePorts } from './ports.ts';
import { webSigner } from './signer.ts';
import { talks } from './talks.ts';
import { fetchTransport } from './transport.ts';
import { watchTriggers } from './triggers.ts';
import {
  askWaiting as askWith,
  giveUpWaiting as giveUpWith,
  type WaitState,
} from './wait-to-join.ts';
import { witness } from './witness.ts';

/** How often to look for what others did, in ms. */
const EVERY = 30_000;
/** A pair on one turf sees each other's doors within ten seconds. */
const EVERY_SHARED = 7_000;
/** What was tapped is drawn by then, on a slow phone too: only then is it sent. In ms. */
const DRAWN = 250;

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
export const engine = makeEngine(ports, {
  idleMs: EVERY,
  sharedIdleMs: EVERY_SHARED,
  tell: board.tell,
});

/** Runs the core in this tab until the function given back is called. */
export function startCore(): () => void {
  let wasUnsent = 0;
  let soon: ReturnType<typeof setTimeout> | undefined;
  engine.start();
  // A ballast that cannot be taken in is missed only when the disk is full.
  void holdBallast().catch(() => {});
  const stops = [
    outbox.watchUnsent((unsent) => {
      clearTimeout(soon);
      if (unsent > 0) soon = setTimeout(() => engine.wakePush(), DRAWN);
      // The radio is awake now, and somebody else may have begun to walk this turf too.
      else if (wasUnsent > 0) engine.wakePull();
      wasUnsent = unsent;
    }),
    watchTriggers(() => void engine.syncNow()),
    // What was opened wants to know what happened meanwhile; what was destroyed is to be told.
    vault.subscribe(() => void engine.syncNow()),
  ];
  return () => {
    clearTimeout(soon);
    engine.stop();
    for (const stop of stops) stop();
  };
}

const joining = {
  outbox,
  transport: fetchTransport,
  signer: webSigner,
  witness,
  giveWay: () => engine.leavePhone(),
  waiting: waitingJoin,
};

/** Trades a code for a place in the chapter, or among those who wait for one. */
export function joinTurf(wish: JoinWish): Promise<Result<Joined | Waiting>> {
  return joinWith(wish, joining);
}

/** How this phone stands that asked to be let in. */
export function askWaiting(): Promise<Result<WaitState>> {
  return askWith(joining);
}

/** It waits no more. */
export function giveUpWaiting(): Promise<void> {
  return giveUpWith(joining);
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
