import type { ChapterId, DeviceId, DoorId } from '#shared/kernel/ids.ts';
import type { Chapter, Member } from '#shared/model/chapter.ts';
import type { OperationType } from '#shared/model/operation.ts';
import type { Stamp } from '#shared/merge/stamps.ts';
import type { PendingOp } from '#shared/sync/plan-push.ts';
import type { OpResult } from '#shared/sync/protocol.ts';

/** Who this phone is to one chapter. Facts keep their author: each is sent with its own token. */
export interface Identity {
  readonly deviceId: DeviceId;
  readonly deviceToken: string;
  readonly chapter: Chapter;
  readonly member: Member;
}

/** An operation in the outbox. Its sealed bytes never change; only what became of it does. */
export interface OutboxOp extends PendingOp {
  readonly deviceId: DeviceId;
  readonly chapterId: ChapterId;
  readonly type: OperationType;
  readonly doorId: DoorId;
  /** `held`: acknowledged too, but kept aside by the server for a person to look at. */
  readonly state: 'unsent' | 'acked' | 'held';
  readonly result: OpResult | null;
}

/** What the next operation goes on from. */
export interface OutboxHead {
  /** Made anew with the database: shows the server that a phone lost its storage. */
  readonly dbEpoch: string;
  readonly nextSeq: number;
  readonly lastStamp: Stamp | null;
  /** The server's clock minus the phone's, in ms; null before the first contact. */
  readonly clockOffsetMs: number | null;
  readonly incarnation: string | null;
}

/** What an answer of the server teaches, kept for the next start. */
export interface Contact {
  readonly clockOffsetMs: number;
  readonly incarnation: string;
}

/**
 * The one place on the phone that must not lose anything: no method deletes an operation. Each
 * method is one transaction, durable when its promise resolves.
 */
export interface OutboxStore {
  readHead(): Promise<OutboxHead>;
  /** The identity that new facts are written under; null before joining. */
  readIdentity(): Promise<Identity | null>;
  readIdentities(): Promise<readonly Identity[]>;
  /** Adds the identity, or replaces its token, and makes it the one for new facts. */
  putIdentity(identity: Identity): Promise<void>;
  /**
   * Adds an operation when the head still expects its localSeq, and moves the head on, at once.
   * `moved`: another tab was faster; nothing was written. The same opId again is `saved`.
   */
  append(op: OutboxOp, stamp: Stamp): Promise<'saved' | 'moved'>;
  listUnsent(): Promise<readonly OutboxOp[]>;
  listAll(): Promise<readonly OutboxOp[]>;
  /** Marks operations as acknowledged, with their results, and keeps them. */
  settle(results: readonly OpResult[]): Promise<void>;
  noteContact(contact: Contact): Promise<void>;
  /** Calls back now and whenever the number of unsent operations may have changed, in any tab. */
  watchUnsent(listener: (unsent: number) => void): () => void;
}
