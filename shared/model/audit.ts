import type { MemberId } from '../kernel/ids.ts';
import type { Role } from './role.ts';

/**
 * What is written down for ever. Grouped as the page shows them: who came in, who holds what, what
 * left, what was decided about a person, what was done to the chapter itself.
 */
export const AUDIT_KINDS = [
  'signed-in',
  'sign-in-refused',
  'signed-out',
  'passkey-added',
  'passkey-removed',
  'recovery-codes-made',
  'recovery-code-used',
  'invited',
  'joined',
  'join-approved',
  'join-refused',
  'member-added',
  'role-changed',
  'member-left',
  'turf-launched',
  'turf-taken-back',
  'phone-revoked',
  'exported',
  'share-asked',
  'share-approved',
  'share-refused',
  'share-taken',
  'looked-up',
  'opt-out-cleared',
  'person-erased',
  'person-copied',
  'held-accepted',
  'held-retargeted',
  'held-discarded',
  'roll-imported',
  'terms-set',
  'rules-set',
  'swept',
  'backed-up',
  'restored',
  'drilled',
  'archived',
  'moved',
] as const;
export type AuditKind = (typeof AUDIT_KINDS)[number];

/** Who did it: a member as they were then, a phone of a member, or the server by itself. */
export type AuditActor =
  | {
      readonly kind: 'member';
      readonly id: MemberId;
      readonly name: string;
      readonly role: Role;
    }
  | { readonly kind: 'operator' }
  | { readonly kind: 'server' };

/** One line of the chain. Details hold ids, counts and reasons, never a voter's name or address. */
export interface AuditEntry {
  readonly seq: number;
  readonly at: number;
  readonly kind: AuditKind;
  readonly actor: AuditActor;
  /** The id of what it was done to, or ''. */
  readonly subject: string;
  readonly details: Readonly<Record<string, string | number | boolean | null>>;
  /** Hex SHA-256 over the entry and the hash before it. */
  readonly hash: string;
}
