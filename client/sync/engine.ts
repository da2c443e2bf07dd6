import type { Failure } from '#shared/sync/classify-failure.ts';
import { type LoopState, makeLoop } from './loop.ts';
import { makeClaimer } from './handed-claim.ts';
import type { CorePorts } from './ports.ts';
import { makePuller } from './pull.ts';
import { makePusher } from './push.ts';

/** The client core: two loops; a pull waits for a push only before it gives a turf up. */
export interface Engine {
  start(): void;
  stop(): void;
  /** A fact was saved. */
  wakePush(): void;
  /** The network is awake: look for what others did. */
  wakePull(): void;
  /** The network may be back, or the person asked: try now whatever failed before. */
  syncNow(): Promise<void>;
  fetchPacket(): Promise<Failure | null>;
  leavePhone(): Promise<void>;
}

export interface EngineSettings {
  /** How often to look for what others did and for forgotten facts, in ms. */
  readonly idleMs: number;
  /** The same for a turf that somebody else walks too; `idleMs` when left out. */
  readonly sharedIdleMs?: number;
  readonly tell: (half: 'push' | 'pull', state: LoopState) => void;
}

export function makeEngine(
  ports: CorePorts,
  { idleMs, sharedIdleMs = idleMs, tell }: EngineSettings,
): Engine {
  const pusher = makePusher(ports);
  const claim = makeClaimer(ports);
  const push = makeLoop(
    (hinted) =>
      claim(hinted).then((first) => (first.kind === 'failed' ? first : pusher.step(hinted))),
    ports,
    idleMs,
    (state) => tell('push', state),
  );
  const puller = makePuller(ports, {
    drain: () => push.runNow(),
    wake: () => push.wake(),
    wakePull: () => void pull.runNow(),
  });
  const pull = makeLoop(
    () => claim(false).then((first) => (first.kind === 'failed' ? first : puller.step())),
    ports,
    () => (puller.isShared() ? sharedIdleMs : idleMs),
    (state) => tell('pull', state),
  );
  return {
    start: () => {
      push.start();
      pull.start();
    },
    stop: () => {
      push.stop();
      pull.stop();
    },
    wakePush: () => push.wake(),
    wakePull: () => pull.wake(),
    syncNow: async () => {
      await Promise.all([push.runNow(), pull.runNow()]);
    },
    fetchPacket: async () => {
      const first = await claim(true);
      return first.kind === 'failed' ? first.failure : puller.fetchPacket();
    },
    leavePhone: () => puller.leavePhone(),
  };
}
