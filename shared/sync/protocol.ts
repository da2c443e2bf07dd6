import { Type, type Static } from 'typebox';
import type { OpId, TurfId } from '../kernel/ids.ts';
import { strict } from '../model/schema.ts';
import type { HeldReason } from './held-reasons.ts';
import { MAX_OPS_PER_PUSH, MAX_PUSH_BYTES } from './limits.ts';

export * from './held-reasons.ts';
export * from './limits.ts';
export * from '../model/operation.ts';

/** An operation as it travels: its canonical bytes untouched, and their SHA-256 in hex. */
export const SealedOp = Type.Object(
  {
    opId: Type.String({ minLength: 1, maxLength: 64 }),
    sha256: Type.String({ minLength: 64, maxLength: 64 }),
    body: Type.String({ maxLength: MAX_PUSH_BYTES }),
  },
  strict,
);
export type SealedOp = Static<typeof SealedOp>;

/** `POST /v1/push`. */
export const Push = Type.Object(
  {
    proto: Type.Integer({ minimum: 1 }),
    batchId: Type.String({ minLength: 1, maxLength: 64 }),
    deviceId: Type.String({ maxLength: 64 }),
    dbEpoch: Type.String({ maxLength: 64 }),
    incarnationSeen: Type.Unsafe<string | null>({ type: 'string', nullable: true, maxLength: 64 }),
    maxLocalSeq: Type.Integer({ minimum: 0 }),
    /** Facts on the phone that no server has acknowledged yet, this batch included. */
    unsent: Type.Integer({ minimum: 0 }),
    ops: Type.Array(SealedOp, { maxItems: MAX_OPS_PER_PUSH }),
  },
  strict,
);
export type Push = Static<typeof Push>;

/** What became of one operation: stored with it and the same at every repeat. */
export type OpResult =
  | {
      readonly opId: string;
      readonly status: 'applied';
      readonly seq: number;
      readonly repeat: boolean;
    }
  | {
      readonly opId: string;
      readonly status: 'held';
      readonly reason: HeldReason;
      readonly repeat: boolean;
    };

/** Counts only when it is JSON with status 200 and echoes the batch (P4). */
export interface PushAnswer {
  readonly proto: number;
  readonly batchId: string;
  readonly incarnation: string;
  readonly serverNow: number;
  readonly results: readonly OpResult[];
}

/** One fact of the chapter's log as a phone or a desk receives it. */
export interface Change {
  readonly seq: number;
  readonly opId: OpId;
  /** Canonical JSON of the Operation. */
  readonly body: string;
}

/** `GET /v1/pull?cursor=…`: one read snapshot; `cursor` is opaque and signed. */
export interface PullAnswer {
  readonly proto: number;
  readonly incarnation: string;
  readonly serverNow: number;
  readonly changes: readonly Change[];
  readonly cursor: string;
  readonly more: boolean;
  /** The turfs this device holds now, with the version of their packet. */
  readonly scopes: readonly { readonly id: TurfId; readonly version: number }[];
}
