import type { DoorId } from '../kernel/ids.ts';
import type { Operation } from '../model/operation.ts';
import { compareFacts, effectiveFacts } from './effective-facts.ts';
import { knockedAt } from './knocked-at.ts';

/** A longer gap between two doors was a break, and counts for neither. */
const BREAK_MS = 25 * 60_000;

/** One person's shift as they walked it. */
export interface OwnShift {
  /** When the first and the last door was served, ms since 1970; null: none was. */
  readonly from: number | null;
  readonly to: number | null;
  /** Doors in the order in which they were first served, each once. */
  readonly doors: readonly DoorId[];
  /** From door to door, without breaks; null until there are three doors. */
  readonly minutesPerDoor: number | null;
  /** Gaps that were left out of it. */
  readonly breaks: number;
}

/** A door is served by a knock, and by a leaflet that was left without one. */
const SERVES: ReadonlySet<string> = new Set(['knock', 'lit-drop']);

/**
 * The way of one walker out of their own facts: the same for every order and repetition of them.
 * What was taken back does not count.
 */
export function foldOwnShift(facts: Iterable<Operation>): OwnShift {
  const doors = new Map<DoorId, Operation[]>();
  for (const fact of facts) {
    const list = doors.get(fact.entityId);
    if (list === undefined) doors.set(fact.entityId, [fact]);
    else list.push(fact);
  }
  const served = [...doors.values()]
    .flatMap((list) => effectiveFacts(list).filter((fact) => SERVES.has(fact.type)))
    .sort(compareFacts);
  const order = new Set(served.map((fact) => fact.entityId));
  const times = served.map((fact) => knockedAt(fact).ms);
  const gaps = times.slice(1).map((at, index) => Math.max(0, at - (times[index] ?? at)));
  const walked = gaps.filter((gap) => gap <= BREAK_MS);
  const spent = walked.reduce((sum, gap) => sum + gap, 0);
  // A door that was served twice in the same minute is one step of the way.
  const steps = order.size - 1 - (gaps.length - walked.length);
  return {
    from: times.length === 0 ? null : Math.min(...times),
    to: times.length === 0 ? null : Math.max(...times),
    doors: [...order],
    minutesPerDoor: order.size < 3 || steps < 1 ? null : spent / steps / 60_000,
    breaks: gaps.length - walked.length,
  };
}
