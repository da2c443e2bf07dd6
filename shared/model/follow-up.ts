import { Type, type Static } from 'typebox';
import type { DoorId, MemberId, OpId } from '../kernel/ids.ts';
import { id, orNull, strict, words } from './schema.ts';

/** How a promise came to its end: it was kept, or it cannot be. */
export const FOLLOW_UP_ENDS = ['kept', 'dropped'] as const;
export type FollowUpEnd = (typeof FOLLOW_UP_ENDS)[number];

/** Somebody who promises or keeps. */
export interface FollowUpMember {
  readonly id: MemberId;
  readonly name: string;
  /** False: no longer of the chapter. */
  readonly here: boolean;
}

/** A promise as the desk lists it. Times in ms since 1970. */
export interface ListedFollowUp {
  readonly id: OpId;
  readonly text: string;
  /** Who keeps it, as the desk has said last, else as it was promised; null: nobody yet. */
  readonly whoId: MemberId | null;
  /** `YYYY-MM-DD` of the chapter. */
  readonly by: string | null;
  readonly madeBy: MemberId;
  readonly at: number;
  /** To whom; null: to nobody by name. */
  readonly person: string | null;
  readonly doorId: DoorId;
  readonly address: string;
  readonly turf: string | null;
  /** They asked not to be contacted since: whoever keeps it must know. */
  readonly doNotContact: boolean;
  readonly end: FollowUpEnd | null;
  /** The desk has ended it, and can open it again; what a phone has kept is undone there. */
  readonly endedHere: boolean;
  readonly endedBy: string | null;
  readonly endedAt: number | null;
  readonly note: string;
  /** Grows with every change at the desk, 0 before the first; sent back as If-Match. */
  readonly version: number;
}

/** `GET /v1/follow-ups`: what is open, and what ended last. */
export interface FollowUpPage {
  readonly promises: readonly ListedFollowUp[];
  readonly members: readonly FollowUpMember[];
  /** Ended ones that are not listed any more. */
  readonly older: number;
}

/** `PUT /v1/follow-ups/:id`: who keeps it by when, and how it ended. */
export const SaveFollowUp = Type.Object(
  {
    whoId: orNull<MemberId>(id<MemberId>()),
    by: orNull<string>(
      Type.String({
        pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$',
        maxLength: 10,
      }),
    ),
    end: orNull<FollowUpEnd>({ ...words(FOLLOW_UP_ENDS), enum: [...FOLLOW_UP_ENDS, null] }),
    note: Type.String({ maxLength: 500 }),
  },
  strict,
);
export type SaveFollowUp = Static<typeof SaveFollowUp>;

/** What became of a promise of the turf's doors, for the phone that walks there. */
export interface PacketPromise {
  readonly id: OpId;
  readonly whoId: MemberId | null;
  readonly by: string | null;
  readonly end: FollowUpEnd | null;
}
