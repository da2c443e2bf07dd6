import type { Role } from '#shared/model/role.ts';

/** What the desk offers to whom. The server decides; this keeps what it would refuse off the screen. */
export const RIGHTS = {
  'import-roll': ['research-lead', 'admin'],
  'save-universe': ['coordinator', 'research-lead', 'admin'],
  'cut-turf': ['coordinator', 'admin'],
  'launch-turf': ['coordinator', 'admin'],
  'write-script': ['coordinator', 'research-lead', 'admin'],
  'share-data': ['research-lead', 'admin'],
  'take-out': ['research-lead', 'admin'],
  'see-held': ['coordinator', 'research-lead', 'admin'],
  'decide-held': ['coordinator', 'admin'],
  'see-phones': ['coordinator', 'admin'],
  'change-members': ['admin'],
  'keep-backups': ['admin'],
  'change-rules': ['admin'],
} as const satisfies Record<string, readonly Role[]>;

export type Right = keyof typeof RIGHTS;

/** True when a member of this role may do it. */
export function may(role: Role, right: Right): boolean {
  const roles: readonly Role[] = RIGHTS[right];
  return roles.includes(role);
}
