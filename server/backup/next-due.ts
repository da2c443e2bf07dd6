import type { BackupEntry, DrillEntry } from '#shared/model/backup.ts';

const HOUR = 3_600_000;
/** A month of thirty days between two drills. */
export const DRILL_EVERY = 30 * 24 * HOUR;
/** After one that did not work it is tried again this soon. */
const RETRY = HOUR;

interface Settings {
  readonly recipient: string | null;
  readonly every: number | null;
}

/** When the next backup is due by the schedule, in ms since 1970; null: none is. Newest first. */
export function nextBackupAt(
  { recipient, every }: Settings,
  backups: readonly Pick<BackupEntry, 'at' | 'state'>[],
): number | null {
  if (recipient === null || every === null) return null;
  const good = backups.find(({ state }) => state === 'good');
  const due = good === undefined ? 0 : good.at + every * HOUR;
  const newest = backups[0];
  if (newest === undefined || newest.state === 'good') return due;
  // One that is running now is another's; one that was killed is found out by the next.
  return Math.max(due, newest.at + Math.min(RETRY, every * HOUR));
}

/** When the next drill is due; null while there is nothing to try by itself. */
export function nextDrillAt(
  { recipient, every }: Settings,
  backups: readonly Pick<BackupEntry, 'at' | 'state'>[],
  drills: readonly Pick<DrillEntry, 'at'>[],
): number | null {
  if (recipient === null || every === null) return null;
  const last = drills[0];
  if (last !== undefined) return last.at + DRILL_EVERY;
  const first = backups.findLast(({ state }) => state === 'good');
  return first === undefined ? null : first.at;
}
