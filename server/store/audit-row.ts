import { createHash } from 'node:crypto';
import type { AuditActor, AuditEntry, AuditKind } from '#shared/model/audit.ts';
import { CHAIN_START, linkEntry } from '#shared/privacy/audit-chain.ts';
import type { Tables } from './tables.ts';

/** What happened; ids, counts and reasons, never a voter's name or address. */
export interface Happened {
  readonly at: number;
  readonly kind: AuditKind;
  readonly actor: AuditActor;
  readonly subject?: string;
  readonly details?: AuditEntry['details'];
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export type AuditRow = Tables['audit'];

/** How a member's entries are found; the operator and the server go by what they are. */
export const actorIdOf = (actor: AuditActor): string =>
  actor.kind === 'member' ? actor.id : actor.kind;

/** The row that follows `last`, the newest of the chain; undefined before the first. */
export function nextAuditRow(
  last: Pick<AuditRow, 'seq' | 'hash'> | undefined,
  happened: Happened,
): AuditRow {
  const { at, kind, actor, subject = '', details = {} } = happened;
  const seq = (last?.seq ?? 0) + 1;
  const before = last === undefined ? CHAIN_START : Buffer.from(last.hash).toString('hex');
  const hash = linkEntry(before, { seq, at, kind, actor, subject, details }, sha256);
  return {
    seq,
    at,
    kind,
    actor: JSON.stringify(actor),
    subject,
    details: JSON.stringify(details),
    hash: Buffer.from(hash, 'hex'),
    actor_id: actorIdOf(actor),
  };
}
