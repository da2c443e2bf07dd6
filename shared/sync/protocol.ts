import { Type, type Static } from 'typebox';
import type { OpId, TurfId } from '../kernel/ids.ts';
import type { HandedClaim } from '../model/handed.ts';
import type { ShiftNews } from '../model/next-shift.ts';
import { strict, words } from '../model/schema.ts';
import type { HeldDecision, HeldReason } from './held-reasons.ts';
import { MAX_OPS_PER_PUSH, MAX_PUSH_BYTES } from './limits.ts';

export * from './held-reasons.ts';
export * from './limits.ts';
export * from '../model/operation.ts';

/** A number that both engines can keep; JSON can say larger ones. */
const count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

/** An operation as it travels: its canonical bytes untouched, and their SHA-256 in hex. */
export const SealedOp = Type.Object(
  {
    opId: Type.String({ minLength: 1, maxLength: 64 }),
    sha256: Type.String({ minLength: 64, maxLength: 64 }),
    /** At most MAX_PUSH_BYTES long, see `isTooLong`. */
    body: Type.String(),
  },
  strict,
);
export type SealedOp = Static<typeof SealedOp>;

/**
 * True for a body that no push may bring. Asked here and not of the schema, whose check would count
 * every letter of every body.
 */
export const isTooLong = ({ body }: SealedOp): boolean => body.length > MAX_PUSH_BYTES;

/**
 * An operation that a server has acknowledged before, as the phone keeps it: sealed to the chapter's
 * public key (see seal-to-chapter), readable by nobody but the chapter's server. Sent again after a
 * restore (P9) and in rescue files.
 */
export const KeptOp = Type.Object(
  {
    opId: Type.String({ minLength: 1, maxLength: 64 }),
    sha256: Type.String({ minLength: 64, maxLength: 64 }),
    sealed: Type.String({ minLength: 1, maxLength: 2 * MAX_PUSH_BYTES }),
  },
  strict,
);
export type KeptOp = Static<typeof KeptOp>;

/** From the first to the last, both included. */
export type SeqRange = readonly [from: number, to: number];

/** `POST /v1/push`. With no operations it is a heartbeat (P16). */
export const Push = Type.Object(
  {
    proto: Type.Integer({ minimum: 1 }),
    batchId: Type.String({ minLength: 1, maxLength: 64 }),
    deviceId: Type.String({ maxLength: 64 }),
    dbEpoch: Type.String({ maxLength: 64 }),
    incarnationSeen: Type.Unsafe<string | null>({ type: 'string', nullable: true, maxLength: 64 }),
    maxLocalSeq: count,
    /** Facts on the phone that no server has acknowledged yet, this batch included. */
    unsent: count,
    ops: Type.Array(SealedOp, { maxItems: MAX_OPS_PER_PUSH }),
    /** What a server acknowledged before another incarnation: sent again, each gets a result too. */
    kept: Type.Optional(Type.Array(KeptOp, { maxItems: MAX_OPS_PER_PUSH })),
    /** Scopes whose digest did not match since the last push (P10). */
    mismatches: Type.Optional(count),
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
      /** Recorded after the turf was taken back, but soon enough (P8). */
      readonly late?: true;
      /** Its stamp was too far ahead and counts as five minutes ahead (P11). */
      readonly clamped?: true;
    }
  | {
      readonly opId: string;
      readonly status: 'held';
      readonly reason: HeldReason;
      readonly repeat: boolean;
      /** What a coordinator has made of it since; absent while it waits. */
      readonly decided?: HeldDecision;
    };

/** Counts only when it is JSON with status 200 and echoes the batch (P4). */
export interface PushAnswer {
  readonly proto: number;
  readonly batchId: string;
  readonly incarnation: string;
  readonly serverNow: number;
  readonly results: readonly OpResult[];
  /** Local numbers of this device and epoch that the server holds, applied or held (P10). */
  readonly have?: readonly SeqRange[];
  /** Until when this credential may push, in ms since 1970; prolonged by every push (P14). */
  readonly grantUntil?: number;
}

/** One fact of the chapter's log as a phone or a desk receives it. */
export interface Change {
  readonly seq: number;
  readonly opId: OpId;
  /** Canonical JSON of the Operation. */
  readonly body: string;
  /** The stamp that counts instead of the operation's own, which was too far ahead (P11). */
  readonly eff?: string;
}

/** `GET /v1/pull?cursor=…`: one read snapshot; `cursor` is opaque and signed. */
export interface PullAnswer {
  readonly proto: number;
  readonly incarnation: string;
  readonly serverNow: number;
  readonly changes: readonly Change[];
  readonly cursor: string;
  readonly more: boolean;
  /** The turfs of the cursor and those that the device holds now. */
  readonly scopes: readonly Scope[];
  /** Absent from servers of the first protocol: then all is well. */
  readonly standing?: Standing;
  /** The shifts to come, with the last page, to a phone that said that it has others. */
  readonly news?: ShiftNews;
}

/** How a turf stands for a phone. `ended`: taken back, expired or handed on; the phone purges it. */
export interface Scope {
  readonly id: TurfId;
  /** The version of its packet: another one means that doors came or went, so fetch it whole. */
  readonly version: number;
  readonly state?: 'held' | 'ended';
  /** When the phone's hold ends by itself, in ms since 1970. */
  readonly until?: number;
  /** Another phone holds it too: look often for what it does. Left out: nobody else does. */
  readonly shared?: true;
  /** Of the facts at its doors up to the cursor; with the last page of a pull only (P10). */
  readonly digest?: ScopeDigest;
}

/** Count of a turf's facts, and the sum of the first 16 bytes of their SHA-256 modulo 2^128, hex. */
export interface ScopeDigest {
  readonly count: number;
  readonly sum: string;
}

/** `revoked`: push, purge, then send the receipt. `lost`: drop keys first, then push what is sealed. */
export type Standing = 'ok' | 'revoked' | 'lost';

/** What opens a phone's list after a pause: `none` means that it lives until the next reload. */
export const PHONE_GUARDS = ['passkey', 'pin', 'none'] as const;
export type PhoneGuard = (typeof PHONE_GUARDS)[number];

/** `POST /v1/token`: a phone asks to read. Without `answer` it gets a challenge to sign. */
export const AskToken = Type.Object(
  {
    deviceId: Type.String({ minLength: 1, maxLength: 64 }),
    answer: Type.Optional(
      Type.Object(
        {
          challenge: Type.String({ minLength: 1, maxLength: 200 }),
          /** ECDSA P-256 with SHA-256 over the challenge's text, IEEE P1363, base64url. */
          signature: Type.String({ minLength: 1, maxLength: 200 }),
        },
        strict,
      ),
    ),
    /** How it is guarded; absent before its person has chosen, and from earlier versions. */
    guard: Type.Optional(words(PHONE_GUARDS)),
    /** Which rules its person has read, and when; until it was told so, and never from earlier versions. */
    conduct: Type.Optional(
      Type.Object({ version: Type.String({ minLength: 1, maxLength: 20 }), at: count }, strict),
    ),
  },
  strict,
);
export type AskToken = Static<typeof AskToken>;

/**
 * Answer to `POST /v1/token`. A token reads for 15 minutes and is kept in memory alone (P14). It counts
 * only when it echoes the phone that asked: something on the way may give an older answer again.
 */
export type TokenAnswer =
  | {
      readonly kind: 'challenge';
      readonly deviceId: string;
      readonly challenge: string;
      readonly serverNow: number;
    }
  | {
      readonly kind: 'token';
      readonly deviceId: string;
      readonly token: string;
      readonly expiresAt: number;
      readonly serverNow: number;
      readonly standing: Standing;
    };

/** `POST /v1/purged`: what a phone has deleted because it no longer holds it. */
export const Purged = Type.Object(
  {
    turfIds: Type.Array(Type.String({ minLength: 1, maxLength: 64 }), { maxItems: 100 }),
    /** True when nothing readable of this chapter is left on the phone. */
    wiped: Type.Boolean(),
    /**
     * The one turf that lies on the phone. Whatever else it held is gone from it, even what it never
     * fetched; absent where none lies there, and from earlier versions.
     */
    holds: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    unsent: count,
  },
  strict,
);
export type Purged = Static<typeof Purged>;

/**
 * A phone's outbox as a file, for when the phone itself cannot send: sealed to the chapter, and
 * signed by the phone's key so that nobody else can make one up.
 */
export interface RescueFile {
  readonly format: 'homeground-rescue';
  /** 2: signed as rescueWords says, so that another phone may have sealed it. */
  readonly v: 1 | 2;
  readonly chapterId: string;
  readonly deviceId: string;
  readonly dbEpoch: string;
  readonly maxLocalSeq: number;
  readonly savedAt: number;
  readonly ops: readonly KeptOp[];
  /** Of a phone that was handed its turf and has not reached the chapter: its claim, after those before it. */
  readonly claims?: readonly HandedClaim[];
  /** Over the canonical JSON of all the other fields, as in AskToken. */
  readonly signature: string;
}
