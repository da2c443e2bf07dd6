import type { Role } from '#shared/model/role.ts';

/**
 * In what way somebody calls. `canvasser` means a phone's short token, which reads; `push` its long
 * one, which brings facts and reads nothing (P14); the other roles mean a session.
 */
export type Caller = Role | 'push';

/** Who may call a route: anyone, or those who act in one of these ways. */
export type Access = 'anyone' | readonly Caller[];

export const STAFF = ['coordinator', 'research-lead', 'admin'] as const;
export const RESEARCH = ['research-lead', 'admin'] as const;
export const COORDINATION = ['coordinator', 'admin'] as const;
export const ADMIN = ['admin'] as const;
export const DEVICE = ['canvasser'] as const;
export const PUSH = ['push'] as const;
export const COORDINATION_AND_PUSH = [...COORDINATION, ...PUSH] as const;
export const STAFF_AND_DEVICE = [...STAFF, ...DEVICE] as const;
