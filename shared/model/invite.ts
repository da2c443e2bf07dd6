import { Type, type Static } from 'typebox';
import type { DeviceId, TurfId } from '../kernel/ids.ts';
import type { Joined } from './chapter.ts';
import { strict } from './schema.ts';

/** `POST /v1/turfs/:id/launch`: one more code for the table. */
export const LaunchTurf = Type.Object(
  {
    /** The phone whose place the new one takes: it reads nothing more once the code was used. */
    replaces: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  },
  strict,
);
export type LaunchTurf = Static<typeof LaunchTurf>;

/** `POST /v1/invites`: a link for somebody who is not at the table. */
export const InviteRemotely = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 80 }) },
  strict,
);
export type InviteRemotely = Static<typeof InviteRemotely>;

/** What `POST /v1/invites` answers: the address is told once and kept nowhere. */
export interface RemoteInvite {
  readonly id: string;
  readonly url: string;
  readonly expiresAt: number;
}

/** `POST /v1/invites/:id/approve`: lets the phone in that waits, to walk this turf. */
export const LetIn = Type.Object({ turfId: Type.String({ minLength: 1, maxLength: 64 }) }, strict);
export type LetIn = Static<typeof LetIn>;

/** A link that was made for a name, and what has become of it. Times are ms since 1970. */
export interface ListedInvite {
  readonly id: string;
  /** Whom it was made for. */
  readonly name: string;
  /** `open`: nobody has opened it; `waiting`: somebody has, and asks to be let in. */
  readonly state: 'open' | 'waiting';
  /** The name that whoever opened it has given; null before. */
  readonly given: string | null;
  readonly by: string;
  readonly expiresAt: number;
}

/** `GET /v1/invites`: who is on the way in. */
export interface Invites {
  readonly remote: readonly ListedInvite[];
  /** The codes of the table that still open something, by their ids. */
  readonly open: readonly string[];
  /** Who has just joined by a code of the table, the last first. */
  readonly joined: readonly {
    readonly id: string;
    readonly turfId: TurfId;
    readonly memberName: string;
    readonly at: number;
  }[];
}

/** What a phone keeps that opened a remote link: it may ask how it stands, and nothing else. */
export interface Waiting {
  readonly waiting: {
    readonly token: string;
    readonly chapterName: string;
    /** Until when the chapter may decide. */
    readonly until: number;
  };
}

/** What `POST /v1/join` answers: who the phone is, or that somebody has to let it in first. */
export type JoinAnswer = Joined | Waiting;

/** `POST /v1/join/waiting` and `POST /v1/join/give-up`. */
export const AskWaiting = Type.Object(
  { token: Type.String({ minLength: 1, maxLength: 200 }) },
  strict,
);
export type AskWaiting = Static<typeof AskWaiting>;

/** What `POST /v1/join/waiting` answers. */
export type WaitingAnswer =
  | { readonly state: 'waiting' }
  | { readonly state: 'let-in'; readonly joined: Joined }
  /** `late`: nobody has decided in time. */
  | { readonly state: 'refused'; readonly late?: true };

/** The phone that a code replaces, as the table's screen names it. */
export interface Replaced {
  readonly deviceId: DeviceId;
  readonly memberName: string;
}
