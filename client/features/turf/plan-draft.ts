import type { KeepPlan } from '#shared/model/turf-plan.ts';

const nameOf = (universeId: string): string => `turf-plan-${universeId}`;

/**
 * Work on a plan that is not kept yet, so that it survives a reload of the page: in the tab alone, and
 * gone with it. Ids of buildings and names of turfs; nobody who lives there.
 */
export function readDraft(universeId: string): KeepPlan | null {
  try {
    const text = sessionStorage.getItem(nameOf(universeId));
    // Nobody but this page writes there.
    return text === null ? null : (JSON.parse(text) as KeepPlan);
  } catch {
    return null;
  }
}

/** Null forgets it. False when the browser has no room for it: then only the open page has the work. */
export function writeDraft(universeId: string, work: KeepPlan | null): boolean {
  try {
    if (work === null) sessionStorage.removeItem(nameOf(universeId));
    else sessionStorage.setItem(nameOf(universeId), JSON.stringify(work));
    return true;
  } catch {
    return false;
  }
}
