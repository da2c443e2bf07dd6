import type { DeviceId } from '#shared/kernel/ids.ts';
import type { Member } from '#shared/model/chapter.ts';
import type { ChapterDb } from '../store/chapter-db.ts';

/** A member at a browser, by the cookie of a session. */
export interface StaffActor {
  readonly kind: 'staff';
  readonly db: ChapterDb;
  readonly member: Member;
  readonly sessionHash: Uint8Array;
}

/** A canvasser's phone, by its own token. */
export interface DeviceActor {
  readonly kind: 'device';
  readonly db: ChapterDb;
  readonly member: Member;
  readonly deviceId: DeviceId;
  readonly deviceKey: number;
}

/** Who is asking. `db` is the only chapter that they can reach. */
export type Actor = StaffActor | DeviceActor;
