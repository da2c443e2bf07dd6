import type { RandomBytes } from '#shared/kernel/random.ts';
import type { Reply } from '#shared/sync/classify-failure.ts';
import type { HashText } from '#shared/sync/seal-operation.ts';
import type { GuardKind } from '../lock/lock-disk.ts';
import type { DeviceKeys, OutboxStore } from '../store/outbox-store.ts';
import type { PacketStore } from '../store/packet-store.ts';
import type { SealText } from '../store/seal-text.ts';

export interface Request {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly token: string | null;
  readonly body?: string;
  readonly timeoutMs: number;
  /** The server takes this one compressed; whether it is worth it is the network's to say. */
  readonly gzip?: boolean;
}

/** The network. It never rejects: whatever goes wrong is a reply. */
export interface Transport {
  send(request: Request): Promise<Reply>;
}

export interface Timers {
  /** Calls back once after so many milliseconds; the function given back calls it off. */
  after(ms: number, run: () => void): () => void;
}

/** The phone's own key: proves who asks to read. */
export interface Signer {
  makeKeys(): Promise<DeviceKeys>;
  /** ECDSA P-256 with SHA-256 over the text's UTF-8, IEEE P1363, base64url. */
  sign(keys: DeviceKeys, text: string): Promise<string>;
}

/** The wall clock, and one that nobody can set: ms since some moment of this start of the app. */
export interface CoreClock {
  now(): number;
  elapsed(): number;
}

/** Whether somebody is in the middle of a conversation at a door, in whatever tab. */
export interface Talks {
  isOpen(): Promise<boolean>;
  /** Calls back once when none is open any more; the function given back calls it off. */
  whenClosed(run: () => void): () => void;
}

/** What the core asks of the lock over the phone's rows. */
export interface CoreLock {
  /** Null until the person has chosen. */
  guard(): Promise<GuardKind | null>;
  /** Forgets guard and keys: whoever takes a turf next chooses anew. */
  clear(): Promise<void>;
}

/** Everything that the client core takes from outside: no clock, network or chance of its own. */
export interface CorePorts {
  readonly outbox: OutboxStore;
  readonly packets: PacketStore;
  readonly transport: Transport;
  readonly clock: CoreClock;
  readonly timers: Timers;
  readonly random: RandomBytes;
  /** A number in [0, 1), for jitter. */
  readonly roll: () => number;
  readonly signer: Signer;
  readonly seal: SealText;
  readonly hash: HashText;
  /** The lock over the phone's rows; without it nothing guards them. */
  readonly lock?: CoreLock;
  /** Without it, no turf waits for a conversation. */
  readonly talks?: Talks;
  /** Bytes that may still be written; null, or no such port, when nobody says. */
  readonly freeBytes?: () => Promise<number | null>;
}
