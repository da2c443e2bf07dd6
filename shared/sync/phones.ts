import { Type, type Static } from 'typebox';
import type { DeviceId, DoorId, TurfId } from '../kernel/ids.ts';
import type { Conduct } from '../model/conduct.ts';
import { strict } from '../model/schema.ts';
import type { HeldDecision, HeldReason } from './held-reasons.ts';
import type { PhoneGuard, Standing } from './protocol.ts';

/** A turf that a phone held once and holds no longer: taken back, given up for another, or run out. */
export interface EndedHold {
  readonly id: TurfId;
  readonly name: string;
  readonly endedAt: number;
  /** When the phone said that it had deleted the list; null as long as it has not. */
  readonly purgedAt: number | null;
}

/** A row of `GET /v1/phones`. Times are milliseconds since 1970. */
export interface Phone {
  readonly deviceId: DeviceId;
  readonly memberName: string;
  readonly turfs: readonly { readonly id: TurfId; readonly name: string }[];
  /** Of the last 90 days, the last ended first. */
  readonly ended: readonly EndedHold[];
  readonly joinedAt: number;
  readonly lastSeenAt: number | null;
  /** Facts that were only on the phone when it was last heard of; null when it never said. */
  readonly unsent: number | null;
  /** Since when it has had unsent facts; null when it has none. */
  readonly unsentSince: number | null;
  /** The highest local number that the phone has said, and how many of them the server holds. */
  readonly maxLocalSeq: number | null;
  readonly received: number;
  /** Facts that the phone made and that can no longer come, as its storage is gone (P16). */
  readonly lost: { readonly count: number; readonly from: number; readonly to: number } | null;
  readonly standing: Standing;
  readonly revokedAt: number | null;
  /** When the phone said that it had deleted what it held. */
  readonly purgedAt: number | null;
  /** Digests that did not match, ever: must be 0 (P10). */
  readonly mismatches: number;
  /** What opens its list after a pause, as it said last; null: it has not said. */
  readonly guard: PhoneGuard | null;
  /** Different people in the lists that its person took in the last 24 hours, on any phone. */
  readonly handed: number;
  /** Which rules its person has read, and when; null: they have not said that they have. */
  readonly conduct: Conduct | null;
}

/** A row of `GET /v1/held`: something that arrived and could not be applied, kept whole. */
export interface HeldEntry {
  readonly id: string;
  readonly opId: string;
  readonly memberName: string;
  readonly reason: HeldReason;
  readonly receivedAt: number;
  readonly body: string;
  /** The door that it names, as far as the chapter knows it. */
  readonly door: { readonly id: DoorId; readonly label: string } | null;
  readonly turfName: string | null;
  /** Whether it may be applied as it is, given another door, or only be discarded. */
  readonly may: readonly ('accept' | 'retarget' | 'discard')[];
  readonly decision: {
    readonly what: HeldDecision;
    readonly by: string;
    readonly at: number;
    readonly why: string;
  } | null;
}

/** `POST /v1/held/:id/discard`: law 8 asks for the reason. */
export const DiscardHeld = Type.Object(
  // Three letters at least that are not the spaces around them.
  { why: Type.String({ maxLength: 500, pattern: '\\S[\\s\\S]+\\S' }) },
  strict,
);
export type DiscardHeld = Static<typeof DiscardHeld>;

/** `POST /v1/held/:id/retarget`: the door that was meant. */
export const RetargetHeld = Type.Object(
  { doorId: Type.String({ minLength: 1, maxLength: 64 }) },
  strict,
);
export type RetargetHeld = Static<typeof RetargetHeld>;

/** `POST /v1/phones/:id/revoke`. `lost`: somebody else may have the phone in hand. */
export const RevokePhone = Type.Object({ lost: Type.Boolean() }, strict);
export type RevokePhone = Static<typeof RevokePhone>;

/** `POST /v1/turfs/:id/take-back`: from one phone. */
export const TakeBack = Type.Object(
  { deviceId: Type.String({ minLength: 1, maxLength: 64 }) },
  strict,
);
export type TakeBack = Static<typeof TakeBack>;

/** A row of `GET /v1/doors?like=…`: a door whose address begins with what was typed. */
export interface FoundDoor {
  readonly id: DoorId;
  readonly label: string;
  /** An open turf that holds it, if any does. */
  readonly turfName: string | null;
  /** Where it is; null when nobody knows. */
  readonly place: readonly [lon: number, lat: number] | null;
}
