import type { DeviceId } from '#shared/kernel/ids.ts';
import type { Member } from '#shared/model/chapter.ts';
import type { PhoneGuard, Standing } from '#shared/sync/protocol.ts';
import type { ChapterDb } from '../store/chapter-db.ts';

/** A member at a browser, by the cookie of a session. */
export interface StaffActor {
  readonly kind: 'staff';
  readonly db: ChapterDb;
  readonly member: Member;
  readonly sessionHash: Uint8Array;
  /** How they came in; null for a session from before passkeys. */
  readonly how: 'link' | 'passkey' | 'recovery' | null;
  /** When this session last asked for the passkey, in ms since 1970; null: never. */
  readonly askedAt: number | null;
  /** The demo chapter's links keep working, and it asks for no passkey. */
  readonly demo: boolean;
}

/** A canvasser's phone, by its own token, which only pushes, or by a short one that reads. */
export interface DeviceActor {
  readonly kind: 'device';
  readonly may: 'push' | 'read';
  readonly db: ChapterDb;
  readonly member: Member;
  readonly deviceId: DeviceId;
  readonly deviceKey: number;
  readonly standing: Standing;
  /** Its P-256 point; null for a phone of the first protocol. */
  readonly publicKey: Uint8Array | null;
  /** Until when it may push, in ms since 1970; 0 for a phone of the first protocol: for ever. */
  readonly grantUntil: number;
  /** What opens its list after a pause, as it said last. */
  readonly guard: PhoneGuard | null;
}

/** Who is asking. `db` is the only chapter that they can reach. */
export type Actor = StaffActor | DeviceActor;
