import { problem, type Problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { Joined } from '#shared/model/chapter.ts';
import type { PacketSheet } from '../store/packet-store.ts';
import { hashText } from '../store/hash-text.ts';
import { clock, outbox, packets, randomBytes } from '../store/phone-store.ts';
import { makeEngine } from './engine.ts';
import { joinTurf as joinWith } from './join.ts';
import { seekLeadership } from './leader.ts';
import { sealText } from './seal-text.ts';
import { webSigner } from './signer.ts';
import { makeStatusBoard, type StatusBoard, type SyncStatus } from './status.ts';
import { fetchTransport } from './transport.ts';
import { watchTriggers } from './triggers.ts';

/** How often to look for what others did, in ms. */
const EVERY = 30_000;

const board = makeStatusBoard();

/** How this phone stands with the server. */
export const syncStatus: Pick<StatusBoard, 'subscribe' | 'read'> = board;

const engine = makeEngine(
  {
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
  },
  { idleMs: EVERY, tell: board.tell },
);

function lead(): () => void {
  engine.start();
  const stops = [
    outbox.watchUnsent((unsent) => {
      if (unsent > 0) engine.wakePush();
    }),
    watchTriggers(() => void engine.syncNow()),
  ];
  return () => {
    engine.stop();
    for (const stop of stops) stop();
  };
}

let stop: (() => void) | null = null;

/** Keeps this phone and the server in step from now on; a second call changes nothing. */
export function startSync(): () => void {
  if (stop !== null) return stop;
  const stops = [
    outbox.watchUnsent((unsent) => board.note({ unsent })),
    outbox.watchHeld((held) => board.note({ held })),
    packets.watchLastSyncedAt((lastSyncedAt) => board.note({ lastSyncedAt })),
    seekLeadership(lead),
  ];
  stop = () => {
    for (const each of stops) each();
    stop = null;
  };
  return stop;
}

/** The button: sends and fetches now; resolves when both have ended, well or not. */
export async function syncNow(): Promise<SyncStatus> {
  await engine.syncNow();
  return board.read();
}

/** Trades a launch code (typed, or the token of a link) and a name for a place in the chapter. */
export function joinTurf(code: string, name: string): Promise<Result<Joined>> {
  return joinWith({ code, name }, fetchTransport, outbox);
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
