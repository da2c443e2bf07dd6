import { compareFacts, effectiveFacts } from '#shared/canvass/effective-facts.ts';
import type { MemberId } from '#shared/kernel/ids.ts';
import type { Operation } from '#shared/model/operation.ts';
import type { Place, Whereabouts } from '../sent/place-of.ts';

/** One fact about a door, with where it is and whether it still stands. */
export interface HistoryEntry {
  readonly op: Exclude<Operation, { type: 'withdraw' }>;
  readonly mine: boolean;
  readonly place: Place;
  readonly withdrawn: boolean;
  /** What took it back; null: nothing did, or another fact is in its place. */
  readonly takenBack: Operation | null;
}

/** Emptied, they would say the opposite of what was said, or half of it. */
const WHOLE_OR_NOTHING: ReadonlySet<Operation['type']> = new Set([
  'consent',
  'contact-consent',
  'correct',
  'tag',
  'follow-up',
  'signature',
  'building',
]);

function isEvent(fact: Operation): fact is HistoryEntry['op'] {
  if (fact.emptied === true && WHOLE_OR_NOTHING.has(fact.type)) return false;
  return fact.type !== 'withdraw';
}

/**
 * What happened at one door, newest first. What was taken back is shown as such and never left
 * out; the taking back itself is not an event of its own.
 */
export function historyOf(
  facts: readonly Operation[],
  me: MemberId | null,
  where: Pick<Whereabouts, 'ofFact'>,
): readonly HistoryEntry[] {
  const effective = effectiveFacts(facts);
  const standing = new Set(effective.map((fact) => fact.opId));
  const takenBack = new Map(
    effective.flatMap((fact) =>
      fact.type === 'withdraw' ? [[fact.payload.opId, fact] as const] : [],
    ),
  );
  return [...facts]
    .sort(compareFacts)
    .reverse()
    .filter(isEvent)
    .map((op) => ({
      op,
      mine: op.actorId === me,
      place: where.ofFact.get(op.opId) ?? 'chapter',
      withdrawn: !standing.has(op.opId),
      takenBack: takenBack.get(op.opId) ?? null,
    }));
}
