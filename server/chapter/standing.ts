import type { Standing } from '#shared/sync/protocol.ts';

/** How the chapter stands to a phone; one whose member has left reads nothing either. */
export function standingOf(device: {
  readonly revoked_at: number | null;
  readonly lost_in_hand: number;
  readonly left_at: number | null;
}): Standing {
  if (device.revoked_at === null) return device.left_at === null ? 'ok' : 'revoked';
  return device.lost_in_hand === 1 ? 'lost' : 'revoked';
}
