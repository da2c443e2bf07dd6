import type { BackupEntry, BackupReport, DrillEntry, DrillReport } from '#shared/model/backup.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { Tables } from '../store/tables.ts';
import type { Selectable } from 'kysely';

type Row = Selectable<Tables['backups']>;

/** Rows that the page shows. */
const SHOWN = 60;
const SHOWN_DRILLS = 12;

const reportOf = (row: Pick<Row, 'report'>): BackupReport | null =>
  row.report === null ? null : (JSON.parse(row.report) as BackupReport);

function toEntry(row: Row): BackupEntry {
  const { key, at, file, state, bytes, sha256 } = row;
  const report = reportOf(row);
  return {
    key,
    at,
    kind: row.kind === 'asked' ? 'asked' : 'scheduled',
    file,
    state,
    bytes,
    sha256,
    fault: report?.fault ?? null,
    facts: report?.facts ?? null,
  };
}

/** The backups that are written down, newest first. */
export async function listBackups(
  db: Pick<ChapterDb, 'read'>,
  most = SHOWN,
): Promise<BackupEntry[]> {
  const rows = await db.read
    .selectFrom('backups')
    .selectAll()
    .where('kind', '!=', 'drill')
    .orderBy('at', 'desc')
    .orderBy('key', 'desc')
    .limit(most)
    .execute();
  return rows.map(toEntry);
}

/** One backup with all that is remembered of it; null when it is not there or no backup. */
export async function findBackup(
  db: Pick<ChapterDb, 'read'>,
  key: number | 'newest',
): Promise<{ readonly entry: BackupEntry; readonly report: BackupReport | null } | null> {
  const all = db.read.selectFrom('backups').selectAll().where('kind', '!=', 'drill');
  const row = await (
    key === 'newest'
      ? all.where('state', '=', 'good').orderBy('at', 'desc')
      : all.where('key', '=', key)
  )
    .orderBy('key', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : { entry: toEntry(row), report: reportOf(row) };
}

/** The newest drills, newest first. */
export async function listDrills(
  db: Pick<ChapterDb, 'read'>,
  most = SHOWN_DRILLS,
): Promise<DrillEntry[]> {
  const rows = await db.read
    .selectFrom('backups')
    .select(['at', 'state', 'report'])
    .where('kind', '=', 'drill')
    .where('state', '!=', 'running')
    .where('report', 'is not', null)
    .orderBy('at', 'desc')
    .orderBy('key', 'desc')
    .limit(most)
    .execute();
  return rows.map(({ at, state, report }) => ({
    at,
    good: state === 'good',
    report: JSON.parse(report ?? '') as DrillReport,
  }));
}

/** What the chapter has decided about its backups. */
export function readBackupSettings(db: Pick<ChapterDb, 'read'>) {
  return db.read
    .selectFrom('chapter')
    .select(['slug', 'name', 'backup_recipient as recipient', 'backup_every as every'])
    .executeTakeFirstOrThrow();
}
