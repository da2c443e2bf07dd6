import type { RandomBytes } from '#shared/kernel/random.ts';
import type { Reply } from '#shared/sync/classify-failure.ts';
import type { OutboxStore } from '../store/outbox-store.ts';
import type { PacketStore } from '../store/packet-store.ts';

export interface Request {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly token: string | null;
  readonly body?: string;
  readonly timeoutMs: number;
}

/** The network. It never rejects: whatever goes wrong is a reply. */
export interface Transport {
  send(request: Request): Promise<Reply>;
}

export interface Timers {
  /** Calls back once after so many milliseconds; the function given back calls it off. */
  after(ms: number, run: () => void): () => void;
}

/** Everything that the client core takes from outside: no clock, network or chance of its own. */
export interface CorePorts {
  readonly outbox: OutboxStore;
  readonly packets: PacketStore;
  readonly transport: Transport;
  readonly clock: { now(): number };
  readonly timers: Timers;
  readonly random: RandomBytes;
  /** A number in [0, 1), for jitter. */
  readonly roll: () => number;
}
