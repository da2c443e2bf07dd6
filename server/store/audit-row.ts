import { hash as digest } from 'node:crypto';
import { canonicalJson } from '#shared/kernel/canonical.ts';
import type { AuditActor, AuditEntry, AuditKind } from '#shared/model/audit.ts';
import { CHAIN_START, linkWritten } from '#shared/privacy/audit-chain.ts';
import type { Tables } from './tables.ts';

/** What happened; ids, counts and reasons, never a voter's name or address. */
export interface Happened {
  readonly at: number;
  readonly kind: AuditKind;
  readonly actor: AuditActor;
  readonly subject?: string;
  readonly details?: AuditEntry['details'];
}

export const sha256 = (text: string): string => digest('sha256', text, 'hex');

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
  const before = last === undefined ? CHAIN_START : Buffer.from(last.hash).toString('hex');
  const written = {
    seq: (last?.seq ?? 0) + 1,
    at,
    kind,
    actor: canonicalJson(actor),
    subject,
    details: canonicalJson(details),
  };
  const hash = Buffer.from(linkWritten(before, written, sha256), 'hex');
  return { ...written, hash, actor_id: actorIdOf(actor) };
}
