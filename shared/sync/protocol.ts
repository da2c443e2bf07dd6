import { Type, type Static } from 'typebox';
import type {
  ChapterId,
  DeviceId,
  DoorId,
  MemberId,
  OpId,
  ScriptVersionId,
  TurfId,
} from '../kernel/ids.ts';
import type { Knock, LitDrop, Note, Resident, Withdraw } from '../model/fact.ts';
import { strict } from '../model/schema.ts';

export const PROTO = 1;
/** A push holds at most this many operations, and this many bytes of bodies (P4). */
export const MAX_OPS_PER_PUSH = 200;
export const MAX_PUSH_BYTES = 256 * 1024;
/** A pull page holds at most this many changes (P7). */
export const MAX_CHANGES_PER_PULL = 1000;

/** What each type of operation says. */
export interface Payloads {
  readonly knock: Knock;
  readonly note: Note;
  readonly resident: Resident;
  readonly 'lit-drop': LitDrop;
  readonly withdraw: Withdraw;
}
export type OperationType = keyof Payloads;
export const OPERATION_TYPES = ['knock', 'note', 'resident', 'lit-drop', 'withdraw'] as const;

/** The envelope around every fact (P1). Immutable once written. */
export interface Envelope<T extends OperationType> {
  readonly opId: OpId;
  readonly chapterId: ChapterId;
  /** The member who did it; a later user of the same phone can never send as this one. */
  readonly actorId: MemberId;
  readonly deviceId: DeviceId;
  /** Made anew whenever the phone's outbox database is made anew. */
  readonly dbEpoch: string;
  /** 1, 2, 3 … within the epoch: shows gaps, never gates. */
  readonly localSeq: number;
  readonly type: T;
  /** Version of this type's payload; every released one is accepted for ever. */
  readonly v: 1;
  readonly entityId: DoorId;
  /** The turf that was being walked. */
  readonly scopeId: TurfId;
  readonly scriptVersionId: ScriptVersionId | null;
  /** Hybrid logical clock, see merge/stamps: `<12 hex ms>-<4 hex counter>`. */
  readonly hlc: string;
  /** The phone's clock when the door was knocked, with the zone it showed. */
  readonly at: { readonly ms: number; readonly offset: number };
  /** The server's clock minus the phone's at the last contact, in ms; null before the first. */
  readonly clockOffsetMs: number | null;
  readonly supersedes: OpId | null;
  readonly payload: Payloads[T];
}
export type Operation = { readonly [T in OperationType]: Envelope<T> }[OperationType];

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

/** Why an operation is kept but not applied. */
export const HELD_REASONS = [
  'corrupt',
  'id-reuse',
  'future',
  'scope',
  'unknown-door',
  'wrong-author',
] as const;
export type HeldReason = (typeof HELD_REASONS)[number];

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
