import type { TurfState } from '../model/turf.ts';

/**
 * How a turf stands at the launch table. `ready`: published, nobody has begun; `out`: somebody holds
 * it and has not knocked yet; `walking`: knocks come in; `paused`: begun, doors remain, and no knock
 * has come for a while or nobody holds it; `done`: no door remains, or another pass took its place.
 */
export const TURF_STAGES = ['draft', 'ready', 'out', 'walking', 'paused', 'done'] as const;
export type TurfStage = (typeof TURF_STAGES)[number];

/** Nobody has knocked for this long: worth a look, no more. In ms. */
export const PAUSED_AFTER = 30 * 60_000;

/** What the stage is computed from. Times in ms since 1970. */
export interface StageFacts {
  readonly state: TurfState;
  /** When the next pass took its place; null while it is open. */
  readonly closedAt: number | null;
  /** Since when each phone has it that holds it now. */
  readonly heldSince: readonly number[];
  readonly doors: number;
  /** Doors still to be knocked. */
  readonly remaining: number;
  readonly lastKnockAt: number | null;
}

/** The stage of a turf at a moment. Every turf has exactly one; a later moment alone can only pause it. */
export function turfStage(facts: StageFacts, now: number): TurfStage {
  const { state, closedAt, heldSince, doors, remaining, lastKnockAt } = facts;
  if (state === 'draft') return 'draft';
  if (closedAt !== null || (remaining === 0 && doors > 0)) return 'done';
  if (heldSince.length === 0) return lastKnockAt === null ? 'ready' : 'paused';
  if (lastKnockAt === null) return 'out';
  if (now - lastKnockAt < PAUSED_AFTER) return 'walking';
  // Handed out anew after it had rested: what was knocked before says nothing of today.
  return Math.max(...heldSince) > lastKnockAt ? 'out' : 'paused';
}
