import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BackupsPage } from '#shared/model/backup.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { backupFolder } from './backup-folder.ts';
import { listBackups, listDrills, readBackupSettings } from './backup-rows.ts';
import { nextBackupAt, nextDrillAt } from './next-due.ts';

/** What the page of backups shows. A file that somebody has taken away counts as gone. */
export async function readBackupsPage(
  db: Pick<ChapterDb, 'read'>,
  { config }: Pick<Ports, 'config'>,
  drilling: boolean,
): Promise<BackupsPage> {
  const settings = await readBackupSettings(db);
  const folder = backupFolder(config, settings.slug);
  const backups = await listBackups(db);
  const drills = await listDrills(db);
  return {
    recipient: settings.recipient,
    every: settings.every,
    folder,
    backups: backups.map((one) =>
      one.state === 'good' && !existsSync(join(folder, one.file))
        ? { ...one, state: 'bad', fault: 'gone' }
        : one,
    ),
    nextAt: nextBackupAt(settings, backups),
    drilling,
    drills,
    nextDrillAt: nextDrillAt(settings, backups, drills),
  };
}
