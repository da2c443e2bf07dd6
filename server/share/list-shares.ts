import type { Kysely } from 'kysely';
import type { MemberId } from '#shared/kernel/ids.ts';
import {
  KIND_RULES,
  type Share,
  type ShareBasis,
  type ShareField,
  SHARE_FIELD_NAMES,
} from '#shared/model/share.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { Tables } from '../store/tables.ts';

const select = (db: Kysely<Tables>) =>
  db
    .selectFrom('shares')
    .innerJoin('members as asker', 'asker.id', 'shares.asked_by')
    .leftJoin('members as decider', 'decider.id', 'shares.decided_by')
    .leftJoin('universes', 'universes.id', 'shares.universe_id')
    .selectAll('shares')
    .select(['asker.name as askerName', 'decider.name as deciderName'])
    .select('universes.name as universeName');

type Row = Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>;

const toMember = (id: MemberId | null, name: string | null) =>
  id === null ? null : { id, name: name ?? '' };

function toShare(row: Row): Share {
  const fields = JSON.parse(row.fields) as ShareField[];
  return {
    id: row.id,
    recipient: row.recipient,
    legalKind: row.legal_kind,
    purpose: row.purpose,
    agreement: row.agreement,
    basis: JSON.parse(row.basis) as ShareBasis,
    cents: row.cents,
    fields: SHARE_FIELD_NAMES.filter((name) => fields.includes(name)),
    universe:
      row.universe_id === null ? null : { id: row.universe_id, name: row.universeName ?? '' },
    consent: row.needs_consent === 1 ? KIND_RULES[row.legal_kind].consent : null,
    state: row.state,
    askedBy: { id: row.asked_by, name: row.askerName },
    askedAt: row.asked_at,
    decidedBy: toMember(row.decided_by, row.deciderName),
    decidedAt: row.decided_at,
    why: row.why,
    takenAt: row.taken_at,
    rows: row.rows,
    bytes: row.bytes,
    sha256: row.sha256,
    broken: row.broken === 1,
  };
}

/** Every share that was ever asked for, newest first. */
export async function listShares(db: Kysely<Tables>): Promise<Share[]> {
  const rows = await select(db)
    .orderBy('shares.asked_at', 'desc')
    .orderBy('shares.id', 'desc')
    .execute();
  return rows.map(toShare);
}

/** The same for whoever holds the chapter's handle. */
export const listAllShares = (db: Pick<ChapterDb, 'read'>): Promise<Share[]> => listShares(db.read);

export async function findShare(db: Kysely<Tables>, id: string): Promise<Share | null> {
  const row = await select(db).where('shares.id', '=', id).executeTakeFirst();
  return row === undefined ? null : toShare(row);
}
