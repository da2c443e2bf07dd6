import { type Static, Type } from 'typebox';
import type { DeviceId, MemberId } from '../kernel/ids.ts';
import { MOST_BEFORE } from './handed-chain.ts';
import type { Packet } from './packet.ts';
import { strict } from './schema.ts';

const text = Type.String({ minLength: 1, maxLength: 64 });
const signature = Type.String({ minLength: 1, maxLength: 200 });
const time = Type.Integer({ minimum: 0, maximum: 2 ** 48 });

/**
 * The word of the chapter's server, or of a phone that walks a turf, that one more phone may walk it.
 * It travels with the turf where there is no network, and is honoured once. Times are the server's,
 * in ms; a phone's, as far as it knows them.
 */
export const HandedNote = Type.Object(
  {
    v: Type.Literal(1),
    noteId: text,
    chapterId: text,
    turfId: text,
    issuedAt: time,
    /** From then on what is done by it is looked at by a person first. */
    until: time,
    /** Who hands it over: a member at the desk, or the member who walks with `giver`. */
    by: text,
    /** The phone whose key signed; null where the server did. */
    giver: Type.Unsafe<string | null>({ type: 'string', nullable: true, maxLength: 64 }),
    /** Over the canonical JSON of all the other fields. */
    signature,
  },
  strict,
);
export type HandedNote = Static<typeof HandedNote>;

/**
 * A phone's first word to the chapter: which note it came with, and who it has been since. Its ids
 * and its secret are its own, so that what it wrote before is its own too.
 */
export const HandedClaim = Type.Object(
  {
    v: Type.Literal(1),
    note: HandedNote,
    deviceId: text,
    memberId: text,
    name: Type.String({ minLength: 1, maxLength: 80 }),
    /** As in `POST /v1/join`. */
    publicKey: Type.String({ minLength: 80, maxLength: 120 }),
    /** SHA-256, in hex, of what it will push with. */
    tokenHash: Type.String({ minLength: 64, maxLength: 64 }),
    /** Over the canonical JSON of all the other fields, by that key. */
    signature,
  },
  strict,
);
export type HandedClaim = Static<typeof HandedClaim>;

/** `POST /v1/handed`. Of a longer chain the first are claimed first, by requests of their own. */
export const PostHanded = Type.Object(
  {
    claim: HandedClaim,
    /** Of those who handed the turf on before they had reached the chapter, the first first. */
    before: Type.Array(HandedClaim, { maxItems: MOST_BEFORE }),
  },
  strict,
);
export type PostHanded = Static<typeof PostHanded>;

/** What it answers, the same however often it is asked. */
export interface HandedAnswer {
  readonly deviceId: DeviceId;
  readonly memberId: MemberId;
  /** `held`: the place was taken or too late, so a person looks at what the phone brings. */
  readonly standing: 'walks' | 'held';
  readonly grantUntil: number;
}

/** `POST /v1/turfs/:id/hand`: a turf for a phone without a network, to be shown or saved. */
export interface HandedTurf {
  readonly note: HandedNote;
  readonly packet: Packet;
}
