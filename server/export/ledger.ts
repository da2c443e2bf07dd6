import { makeId, type ExportId, type MemberId } from '#shared/kernel/ids.ts';
import type { AuditActor } from '#shared/model/audit.ts';
import type { ExportEntry, ExportKind } from '#shared/model/chapter.ts';
import { appendAudit, byMember } from '../audit/append-audit.ts';
import type { StaffActor } from '../chapter/actor.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { readOwnUse } from './own-use.ts';

/** What left, whole or up to where it broke off. */
export interface Departure {
  readonly rows: number;
  readonly bytes: number;
  /** Of what left, in hex. */
  readonly sha256: string;
  /** The download broke off: this is at most what left. */
  readonly broken: boolean;
}

/**
 * Where a file that leaves is written down (law 9): once before its first byte, and again when it
 * ended. One that never ends in the book left while the server died: part of it may be out.
 */
export interface DepartureBook {
  begin(): Promise<void>;
  end(left: Departure): Promise<void>;
}

/** Who takes something out, as the ledger and the audit chain name them. */
export interface Taker {
  readonly db: ChapterDb;
  readonly memberId: MemberId;
  readonly actor: AuditActor;
}

export const takerOf = ({ db, member }: StaffActor): Taker => ({
  db,
  memberId: member.id,
  actor: byMember({ member }),
});

/** The book of what the chapter takes out for its own use. */
export function exportBook(
  { db, memberId, actor }: Taker,
  kind: ExportKind,
  means: Pick<Ports, 'clock' | 'random'>,
): DepartureBook {
  const id = makeId<ExportId>(means.clock(), means.random);
  return {
    begin: () =>
      db.write(async (trx) => {
        const at = means.clock();
        const { purpose } = await readOwnUse(trx, at);
        const empty = { rows: null, bytes: null, sha256: null };
        await trx
          .insertInto('exports')
          .values({ id, kind, member_id: memberId, at, ...empty, purpose })
          .execute();
        const details = { what: kind, purpose };
        await appendAudit(trx, { at, kind: 'exported', actor, subject: id, details });
      }),
    end: ({ rows, bytes, sha256, broken }) =>
      db.write(async (trx) => {
        const at = means.clock();
        await trx
          .updateTable('exports')
          .set({ rows, bytes, sha256, broken: broken ? 1 : 0 })
          .where('id', '=', id)
          .execute();
        const details = { what: kind, rows, bytes, sha256, broken };
        await appendAudit(trx, { at, kind: 'exported', actor, subject: id, details });
      }),
  };
}

/** What has left for the chapter's own use, newest first. */
export async function listExports(db: ChapterDb): Promise<ExportEntry[]> {
  const rows = await db.read
    .selectFrom('exports')
    .innerJoin('members', 'members.id', 'exports.member_id')
    .select(['exports.id', 'exports.kind', 'exports.at', 'members.name as memberName'])
    .select(['exports.rows', 'exports.bytes', 'exports.sha256', 'exports.purpose'])
    .select('exports.broken')
    .orderBy('exports.at', 'desc')
    .orderBy('exports.id', 'desc')
    .limit(MOST_LISTED)
    .execute();
  return rows.map((row) => ({ ...row, kind: row.kind as ExportKind, broken: row.broken === 1 }));
}

/** Older ones are in the audit chain. */
const MOST_LISTED = 500;
