import { compareFacts, effectiveFacts } from '#shared/canvass/effective-facts.ts';
import type { MemberId } from '#shared/kernel/ids.ts';
import type { Operation } from '#shared/model/operation.ts';
import type { Whereabouts } from './walk-context.ts';

/** One fact about a door, with where it is and whether it still stands. */
export interface HistoryEntry {
  readonly op: Exclude<Operation, { type: 'withdraw' }>;
  readonly mine: boolean;
  /** On this phone only, with the chapter, or kept by the chapter for a human to look at. */
  readonly place: 'phone' | 'chapter' | 'held';
  readonly withdrawn: boolean;
}

function isEvent(fact: Operation): fact is HistoryEntry['op'] {
  return fact.type !== 'withdraw';
}

/**
 * What happened at one door, newest first. What was taken back is shown as such and never left
 * out; the taking back itself is not an event of its own.
 */
export function historyOf(
  facts: readonly Operation[],
  me: MemberId | null,
  where: Whereabouts,
): readonly HistoryEntry[] {
  const standing = new Set(effectiveFacts(facts).map((fact) => fact.opId));
  return [...facts]
    .sort(compareFacts)
    .reverse()
    .filter(isEvent)
    .map((op) => ({
      op,
      mine: op.actorId === me,
      place: where.unsent.has(op.opId) ? 'phone' : where.held.has(op.opId) ? 'held' : 'chapter',
      withdrawn: !standing.has(op.opId),
    }));
}
