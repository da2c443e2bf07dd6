import { Type, type Static } from 'typebox';
import type { MemberId } from '../kernel/ids.ts';
import { type Role, ROLES } from './role.ts';
import { strict, words } from './schema.ts';

/** A row of `GET /v1/members`. Times in ms since 1970. */
export interface ListedMember {
  readonly id: MemberId;
  readonly name: string;
  readonly role: Role;
  readonly joinedAt: number;
  readonly leftAt: number | null;
  readonly passkeys: number;
  /** Recovery codes that are left. */
  readonly codes: number;
  /** Phones that may still read. */
  readonly phones: number;
  /** A link that has not been used: until when it works. */
  readonly linkUntil: number | null;
}

/** `POST /v1/members`: somebody for the desk; canvassers join with a code. */
export const AddMember = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 80 }),
    role: words(['coordinator', 'research-lead', 'admin']),
  },
  strict,
);
export type AddMember = Static<typeof AddMember>;

/** `POST /v1/members/:id/role` */
export const ChangeRole = Type.Object({ role: words(ROLES) }, strict);
export type ChangeRole = Static<typeof ChangeRole>;

/** A sign-in link, told once. */
export interface StaffLink {
  readonly url: string;
  readonly expiresAt: number;
}

/** What `POST /v1/members` answers. */
export interface AddedMember {
  readonly id: MemberId;
  readonly link: StaffLink;
}
