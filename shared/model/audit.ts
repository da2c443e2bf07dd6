import type { MemberId } from '../kernel/ids.ts';
import type { Role } from './role.ts';

/**
 * What is written down for ever, in the groups that the page lets its readers choose from: who came
 * in, who holds what, what left, what was decided about a person, what was done to the chapter.
 */
export const AUDIT_GROUPS = {
  access: [
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
    'conduct-read',
    'member-added',
    'role-changed',
    'member-left',
  ],
  turf: [
    'turf-launched',
    'turf-taken-back',
    'turf-extended',
    'turf-passed',
    'phone-revoked',
    'looked-up',
    'paper-entered',
  ],
  out: ['exported', 'share-asked', 'share-approved', 'share-refused', 'share-taken'],
  people: [
    'opt-out-cleared',
    'person-erased',
    'person-copied',
    'people-merged',
    'merged-by-rule',
    'merge-taken-back',
    'people-kept-apart',
  ],
  held: ['held-accepted', 'held-retargeted', 'held-discarded'],
  chapter: [
    'petition-opened',
    'petition-closed',
    'place-settled',
    'place-taken-back',
    'layer-kept',
    'layer-replaced',
    'layer-removed',
    'roll-imported',
    'roll-applied',
    'roll-undone',
    'tag-made',
    'tag-changed',
    'terms-set',
    'rules-set',
    'swept',
    'backed-up',
    'restored',
    'drilled',
    'archived',
    'moved',
  ],
} as const;
export type AuditGroup = keyof typeof AUDIT_GROUPS;
export type AuditKind = (typeof AUDIT_GROUPS)[AuditGroup][number];
export const AUDIT_KINDS: readonly AuditKind[] = Object.values(AUDIT_GROUPS).flat();

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

/**
 * How a chain can be broken: an entry is not there, says something else than it did, stands at
 * another's place, or the end is gone; what was noted elsewhere names another entry; or a head bears
 * no valid signature of the chapter.
 */
export const AUDIT_FAULTS = [
  'missing',
  'changed',
  'swapped',
  'cut-off',
  'other-head',
  'head-not-signed',
] as const;
export type AuditFault = (typeof AUDIT_FAULTS)[number];

/** An entry as the page shows it; names are those of now where they are not of then. */
export interface AuditLine extends Omit<AuditEntry, 'hash'> {
  /** What `subject` is called, where that is no person of the roll: a turf, a phone, a member. */
  readonly called: string | null;
  /** Whose phone `details.phone` is; null when it names none. */
  readonly phoneOf: string | null;
}

/** `GET /v1/audit`: a page of the chain, newest first. */
export interface AuditPage {
  readonly lines: readonly AuditLine[];
  /** What to ask with for the next page; null at the end. */
  readonly before: number | null;
  /** How many entries the chain has. */
  readonly entries: number;
}

/** How a check of the whole chain ended. */
export interface AuditCheck {
  readonly at: number;
  /** How many entries were read. */
  readonly entries: number;
  /** Null: whole. `seq` is the first entry that is not as it was. */
  readonly fault: { readonly seq: number; readonly fault: AuditFault } | null;
}

/** `GET /v1/audit/check`: the check under way, if any, and the last one that ended. */
export interface AuditCheckState {
  readonly running: { readonly done: number; readonly entries: number } | null;
  readonly last: AuditCheck | null;
}

/** Who stands in the chain, for the page's filter: `GET /v1/audit/members`. */
export interface AuditMember {
  readonly id: MemberId;
  readonly name: string;
}
