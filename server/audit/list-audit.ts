import { type Kysely, sql } from 'kysely';
import {
  AUDIT_GROUPS,
  AUDIT_KINDS,
  type AuditActor,
  type AuditEntry,
  type AuditGroup,
  type AuditKind,
  type AuditLine,
  type AuditMember,
  type AuditPage,
} from '#shared/model/audit.ts';
import type { AuditRow } from '../store/audit-row.ts';
import type { Tables } from '../store/tables.ts';
import { nameSubjects, phoneOf } from './name-subjects.ts';

export interface AuditWish {
  readonly group: AuditGroup | null;
  /** A member's id, or `operator` or `server`. */
  readonly actorId: string | null;
  /** Only entries older than this one; null begins with the newest. */
  readonly before: number | null;
}

/** Entries of one page. */
const PAGE = 60;

/** The newest entries of one kind, by an index that has them in this order. */
const ofKind = (kind: AuditKind, { actorId, before }: AuditWish) => sql<AuditRow>`
  select * from (select * from audit where kind = ${kind}
    ${actorId === null ? sql`` : sql`and actor_id = ${actorId}`}
    ${before === null ? sql`` : sql`and seq < ${before}`}
    order by seq desc limit ${PAGE + 1}) as of_kind`;

/**
 * The rows that a page needs. Several kinds are asked for one by one and put together: whatever the
 * chain's length, no more than a page of each is read.
 */
async function readRows(db: Kysely<Tables>, wish: AuditWish): Promise<AuditRow[]> {
  const { group, actorId, before } = wish;
  if (group === null && actorId === null) {
    const all = db.selectFrom('audit').selectAll();
    const older = before === null ? all : all.where('seq', '<', before);
    return older
      .orderBy('seq', 'desc')
      .limit(PAGE + 1)
      .execute();
  }
  const kinds: readonly AuditKind[] = group === null ? AUDIT_KINDS : AUDIT_GROUPS[group];
  const parts = kinds.map((kind) => ofKind(kind, wish));
  const { rows } = await sql<AuditRow>`select * from (${sql.join(parts, sql` union all `)}) as found
    order by seq desc limit ${PAGE + 1}`.execute(db);
  return rows;
}

/** A row for people to read; one that was tampered with is shown as it is, and the check tells. */
function toLine(row: AuditRow, names: ReadonlyMap<string, string>): AuditLine {
  const { seq, at, kind, subject } = row;
  const read = <T>(text: string, otherwise: T): T => {
    try {
      return JSON.parse(text) as T;
    } catch {
      return otherwise;
    }
  };
  const actor = read<AuditActor>(row.actor, { kind: 'server' });
  const details = read<AuditEntry['details']>(row.details, {});
  const named = (id: string | null): string | null =>
    id === null ? null : (names.get(id) ?? null);
  const called = named(subject);
  return { seq, at, kind, actor, subject, details, called, phoneOf: named(phoneOf(row.details)) };
}

/** A page of the chain, newest first. */
export async function listAudit(db: Kysely<Tables>, wish: AuditWish): Promise<AuditPage> {
  const rows = await readRows(db, wish);
  const page = rows.slice(0, PAGE);
  const names = await nameSubjects(db, page);
  const newest = await db
    .selectFrom('audit')
    .select('seq')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return {
    lines: page.map((row) => toLine(row, names)),
    before: rows.length > PAGE ? (page.at(-1)?.seq ?? null) : null,
    entries: newest?.seq ?? 0,
  };
}

/** Who may stand in the chain: every member of the staff there ever was. */
export async function listAuditMembers(db: Kysely<Tables>): Promise<AuditMember[]> {
  const rows = await db
    .selectFrom('members')
    .select(['id', 'name'])
    .where('role', '!=', 'canvasser')
    .orderBy('name')
    .orderBy('id')
    .execute();
  return rows;
}
