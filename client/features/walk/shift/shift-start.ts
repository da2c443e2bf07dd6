import { readOperation } from '#shared/sync/read-operation.ts';

/** A fact as the outbox or the log has it; its bytes are empty where they were sealed. */
interface Body {
  readonly opId: string;
  readonly body: string;
}

export interface ShiftQuestion {
  /** This phone's outbox and its copy of the log: what is sealed in one is readable in the other. */
  readonly bodies: readonly Body[];
  readonly deviceId: string;
  readonly turfId: string;
  /** The beginning of the phone's day, and now, in ms since 1970. */
  readonly dayStart: number;
  readonly now: number;
}

/**
 * When this shift began: at the first own fact of the day in this turf, by the phone's clock; now
 * when there is none yet. A turf walked earlier in the day is a shift of its own.
 */
export function shiftStart({ bodies, deviceId, turfId, dayStart, now }: ShiftQuestion): number {
  let first = now;
  for (const { body } of bodies) {
    const fact = body === '' ? null : readOperation(body);
    if (fact?.deviceId !== deviceId || fact.scopeId !== turfId) continue;
    if (fact.at.ms >= dayStart && fact.at.ms < first) first = fact.at.ms;
  }
  return first;
}
