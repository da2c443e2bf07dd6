import { createHash } from 'node:crypto';
import { type DeviceId, idFromDigest, type MemberId } from '#shared/kernel/ids.ts';

/** What stands for the desk where a member writes down facts there: no phone, and always the same. */
export const deskDevice = (member: MemberId): DeviceId =>
  idFromDigest<DeviceId>(createHash('sha256').update(`desk ${member}`).digest());
