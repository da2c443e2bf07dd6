import type { Operation } from '../model/operation.ts';
import { compareFacts, effectiveFacts } from './effective-facts.ts';

export type TurfReportFact = Operation & { readonly type: 'turf-report' };

/**
 * What was said of turfs, the newest first: of each member and turf the last that stands, whatever
 * the order and repetition of the facts.
 */
export function foldTurfReports(facts: Iterable<Operation>): readonly TurfReportFact[] {
  const doors = new Map<string, Operation[]>();
  for (const fact of facts) {
    const list = doors.get(fact.entityId);
    if (list === undefined) doors.set(fact.entityId, [fact]);
    else list.push(fact);
  }
  const last = new Map<string, TurfReportFact>();
  const standing = [...doors.values()].flatMap((list) => effectiveFacts(list)).sort(compareFacts);
  for (const fact of standing) {
    if (fact.type !== 'turf-report' || fact.emptied === true) continue;
    last.set(`${fact.scopeId} ${fact.actorId}`, fact);
  }
  return [...last.values()].sort((a, b) => compareFacts(b, a));
}
