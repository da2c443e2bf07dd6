import { type Static, Type } from 'typebox';
import type { DeviceId, TurfId } from '../kernel/ids.ts';
import { id, strict } from './schema.ts';
import type { TurfState } from './turf.ts';

/** Times here are ms since 1970. */

/** A phone that has a turf, or whose time with it has run out by itself lately. */
export interface TurfHold {
  readonly deviceId: DeviceId;
  readonly memberName: string;
  readonly from: number;
  readonly until: number;
  /** Facts that were only on the phone when it was last heard of; null when it never said. */
  readonly unsent: number | null;
  readonly lastSeenAt: number | null;
  /** When the phone said that it had deleted the turf; null as long as it has not. */
  readonly purgedAt: number | null;
}

/** Who has a turf, and which pass it is. */
export interface LaunchRow {
  readonly turfId: TurfId;
  readonly state: TurfState;
  readonly version: number;
  /** When the next pass took its place; null while it is open. */
  readonly closedAt: number | null;
  /** The turf that its first pass walked, and which pass this one is; 1 for a first one. */
  readonly firstId: TurfId | null;
  readonly pass: number;
  /** The earliest first; those that have run out stand among them for two weeks. */
  readonly holds: readonly TurfHold[];
}

/** What was done since midnight in the chapter's zone, by the clocks of the phones. */
export interface LaunchDay {
  readonly since: number;
  /** Different doors. */
  readonly doors: number;
  readonly knocks: number;
  readonly contacts: number;
  /** Phones that knocked. */
  readonly phones: number;
}

/** `GET /v1/launch`, and the event `launch` of `GET /v1/live`. */
export interface LaunchBoard {
  readonly rows: readonly LaunchRow[];
  readonly day: LaunchDay;
}

/** `POST /v1/turfs/:id/extend`: until when a phone may keep the turf that it holds. */
export const ExtendHold = Type.Object(
  {
    deviceId: Type.String({ minLength: 1, maxLength: 64 }),
    until: Type.Integer({ minimum: 0, maximum: 2 ** 48 }),
  },
  strict,
);
export type ExtendHold = Static<typeof ExtendHold>;

/**
 * `POST /v1/turfs/:id/next-pass`. `no-contact`: doors where nobody was spoken with and somebody may be
 * the next time; `not-knocked`: those alone where nobody was. Nobody is sent to who asked not to be
 * contacted.
 */
export const NextPass = Type.Object(
  {
    doors: Type.Union([Type.Literal('no-contact'), Type.Literal('not-knocked')]),
    /** False leaves it a draft. */
    publish: Type.Boolean(),
  },
  strict,
);
export type NextPass = Static<typeof NextPass>;

/** What it answers: the turf of the next pass. */
export interface PassTurf {
  readonly turfId: TurfId;
  readonly name: string;
  readonly doors: number;
}

export const turfParams = Type.Object({ id: id<TurfId>() }, strict);
