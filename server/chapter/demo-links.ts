import type { ChapterDb } from '../store/chapter-db.ts';
import type { Ports } from '../ports.ts';
import { launchTurf } from './launch-turf.ts';
import { findMember, makeStaffLink } from './staff-links.ts';

/** Secrets that open a demo chapter, made before the address of the server is known. */
export interface DemoTokens {
  readonly coordinator: string | null;
  readonly researchLead: string | null;
  readonly admin: string | null;
  /** For the first turf that is published; null while there is none. */
  readonly canvasser: { readonly token: string; readonly code: string } | null;
}

/**
 * New links for each role of the staff, and a launch code for one turf: all keep working, as only a
 * demo chapter's do.
 */
export async function makeDemoTokens(db: ChapterDb, ports: Ports): Promise<DemoTokens> {
  const linkFor = async (role: 'coordinator' | 'research-lead' | 'admin') => {
    const memberId = await findMember(db, role);
    if (memberId === null) return null;
    return (await makeStaffLink(db, memberId, ports, { reusable: true })).token;
  };
  const turf = await db.read
    .selectFrom('turfs')
    .select('id')
    .where('state', '=', 'published')
    .orderBy('created_at')
    .orderBy('id')
    .executeTakeFirst();
  const adminId = await findMember(db, 'admin');
  const launch =
    turf === undefined || adminId === null
      ? null
      : await launchTurf(db, turf.id, { by: adminId, demo: true }, ports);
  return {
    coordinator: await linkFor('coordinator'),
    researchLead: await linkFor('research-lead'),
    admin: await linkFor('admin'),
    canvasser: launch?.ok === true ? launch.value : null,
  };
}

/** The same as the addresses that people open. */
export function toLinks(tokens: DemoTokens, publicUrl: string) {
  const enter = (token: string | null): string | null =>
    token === null ? null : `${publicUrl}/enter#${token}`;
  const { canvasser } = tokens;
  return {
    coordinator: enter(tokens.coordinator),
    researchLead: enter(tokens.researchLead),
    admin: enter(tokens.admin),
    canvasser: canvasser === null ? null : `${publicUrl}/join#${canvasser.token}`,
    code: canvasser?.code ?? null,
  };
}
export type DemoLinks = ReturnType<typeof toLinks>;
