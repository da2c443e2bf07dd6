import { Type, type Static } from 'typebox';
import type { CampaignId, ChapterId, DeviceId, MemberId } from '../kernel/ids.ts';
import type { FactExport } from './fact-export.ts';
import type { Role } from './role.ts';
import { strict } from './schema.ts';

export interface Chapter {
  readonly id: ChapterId;
  readonly slug: string;
  readonly name: string;
  /** IANA zone, e.g. `America/New_York`: "today" is the chapter's. */
  readonly timeZone: string;
}

export interface Campaign {
  readonly id: CampaignId;
  readonly name: string;
}

export interface Member {
  readonly id: MemberId;
  readonly name: string;
  readonly role: Role;
}

/** `GET /v1/me`: who is asking, as the server sees it. */
export interface Me {
  readonly chapter: Chapter;
  readonly campaign: Campaign;
  readonly member: Member;
  /** The device's id for a canvasser, null for staff in a browser. */
  readonly deviceId: DeviceId | null;
  /** True for the demo chapter, whose links keep working. */
  readonly demo: boolean;
  /** What a member of the staff can come in with; absent for a phone. */
  readonly keys?: {
    readonly passkeys: number;
    /** Recovery codes that are left. */
    readonly codes: number;
    /** This session opens nothing but the making of a passkey. */
    readonly passkeyFirst: boolean;
  };
}

/** `GET /v1/signed-in`: who the browser is signed in as; null is no failure, and makes no noise. */
export interface SignedIn {
  readonly me: Me | null;
}

/** `POST /v1/sign-in`: the token of a single-use link becomes a session cookie. */
export const SignIn = Type.Object({ token: Type.String({ minLength: 1, maxLength: 200 }) }, strict);
export type SignIn = Static<typeof SignIn>;

/** `POST /v1/join`: a launch code or the token of its QR or of a link, and the name that the canvasser gives. */
export const Join = Type.Object(
  {
    code: Type.String({ minLength: 1, maxLength: 200 }),
    name: Type.String({ minLength: 1, maxLength: 80 }),
    /** The phone's own P-256 key, uncompressed point in base64url: it signs for what it reads. */
    publicKey: Type.Optional(Type.String({ minLength: 80, maxLength: 120 })),
    /** The phone that this browser was before its storage was cleared, if it remembers (P16). */
    lostDeviceId: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    /** The app can wait for somebody to let it in, as a remote invite asks. */
    waits: Type.Optional(Type.Boolean()),
  },
  strict,
);
export type Join = Static<typeof Join>;

/** `POST /v1/device-key`: the key of a phone that joined before phones had keys. */
export const DeviceKey = Type.Object(
  { publicKey: Type.String({ minLength: 80, maxLength: 120 }) },
  strict,
);
export type DeviceKey = Static<typeof DeviceKey>;

/**
 * What the phone keeps after joining. `deviceToken` is sent as `Authorization: Bearer` with every
 * push; it can append facts and read nothing (P14). Reading needs a token of POST /v1/token.
 */
export interface Joined {
  readonly deviceToken: string;
  /** Until when `deviceToken` may push, in ms since 1970; each push prolongs it. */
  readonly grantUntil: number;
  /** The chapter's P-256 key that acknowledged facts are sealed to, uncompressed, base64url. */
  readonly chapterKey: string;
  readonly deviceId: DeviceId;
  readonly chapter: Chapter;
  readonly member: Member;
}

/**
 * What the chapter takes out for itself: knocks and their answers, the rows of a roll that found no
 * place, the audit chain, lists on paper, and every other kind of fact.
 */
export type ExportKind =
  | 'knocks'
  | 'answers'
  | 'rejected'
  | 'unplaced'
  | 'roll-diff'
  | 'layer-left-out'
  | 'layers'
  | 'audit'
  | 'backup'
  | 'archive'
  | 'paper'
  | FactExport;

/** What an export is for. Giving data to anyone outside is a share, and never an export. */
export const OWN_USE = 'own use';

/** A row of `GET /v1/exports`: what left, who took it, when, how many rows. */
export interface ExportEntry {
  readonly id: string;
  readonly kind: ExportKind;
  readonly at: number;
  readonly memberName: string;
  readonly rows: number | null;
  readonly bytes: number | null;
  readonly sha256: string | null;
  /** Null in entries from before purposes were written down. */
  readonly purpose: string | null;
  /** The download broke off: the numbers are what left at most. */
  readonly broken: boolean;
}
