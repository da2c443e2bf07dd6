import type { Failure } from '#shared/sync/classify-failure.ts';
import { type LoopState, makeLoop } from './loop.ts';
import { type Claims, makeClaimer } from './handed-claim.ts';
import type { CorePorts } from './ports.ts';
import { makePuller } from './pull.ts';
import { makePusher } from './push.ts';
import { failedStep, type Step } from './step.ts';

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
  /** Why whoever has this phone now cannot be heard yet; null when they can. */
  async function ownWait({ cutOff, waiting }: Claims): Promise<Failure | null> {
    if (cutOff !== null || waiting.size === 0) return cutOff;
    const identity = await ports.outbox.readIdentity();
    return identity === null ? null : (waiting.get(identity.deviceId) ?? null);
  }
  async function pushStep(hinted: boolean): Promise<Step> {
    const claims = await claim(hinted);
    if (claims.cutOff !== null) return failedStep(claims.cutOff);
    const next = await pusher.step(hinted, claims.waiting);
    const own = next.kind === 'done' ? await ownWait(claims) : null;
    return own === null ? next : failedStep(own);
  }
  async function pullStep(): Promise<Step> {
    const own = await ownWait(await claim(false));
    return own === null ? puller.step() : failedStep(own);
  }
  const push = makeLoop(pushStep, ports, idleMs, (state) => tell('push', state));
  const puller = makePuller(ports, {
    drain: () => push.runNow(),
    wake: () => push.wake(),
    wakePull: () => void pull.runNow(),
  });
  const pull = makeLoop(
    pullStep,
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
      const own = await ownWait(await claim(true));
      return own ?? puller.fetchPacket();
    },
    leavePhone: () => puller.leavePhone(),
  };
}
