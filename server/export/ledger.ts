import { makeId, type ExportId, type MemberId } from '#shared/kernel/ids.ts';
import type { ExportEntry, ExportKind } from '#shared/model/chapter.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';

/** What left, once it had left whole. */
export interface Departure {
  readonly rows: number;
  readonly bytes: number;
  /** Of the file, in hex. */
  readonly sha256: string;
}

/**
 * Notes that something is about to leave (law 9). An entry that never gets its numbers is a
 * download that broke off: part of it may have left.
 */
export async function beginExport(
  db: ChapterDb,
  kind: ExportKind,
  memberId: MemberId,
  means: Pick<Ports, 'clock' | 'random'>,
): Promise<ExportId> {
  const at = means.clock();
  const id = makeId<ExportId>(at, means.random);
  await db.write((trx) =>
    trx
      .insertInto('exports')
      .values({ id, kind, member_id: memberId, at, rows: null, bytes: null, sha256: null })
      .execute(),
  );
  return id;
}

export async function finishExport(db: ChapterDb, id: ExportId, left: Departure): Promise<void> {
  await db.write((trx) => trx.updateTable('exports').set(left).where('id', '=', id).execute());
}

/** What has left, newest first. */
export async function listExports(db: ChapterDb): Promise<ExportEntry[]> {
  const rows = await db.read
    .selectFrom('exports')
    .innerJoin('members', 'members.id', 'exports.member_id')
    .select(['exports.id', 'exports.kind', 'exports.at', 'members.name as memberName'])
    .select(['exports.rows', 'exports.bytes', 'exports.sha256'])
    .orderBy('exports.at', 'desc')
    .orderBy('exports.id', 'desc')
    .execute();
  return rows.map((row) => ({ ...row, kind: row.kind as ExportKind }));
}
