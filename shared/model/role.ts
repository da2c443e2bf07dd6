/** What a member may do. Each role is its own list of rights, not a rung of a ladder. */
export const ROLES = ['canvasser', 'coordinator', 'research-lead', 'admin'] as const;
export type Role = (typeof ROLES)[number];
