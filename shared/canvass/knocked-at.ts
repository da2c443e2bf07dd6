import type { Instant } from '../kernel/instant.ts';
import type { Operation } from '../model/operation.ts';

/**
 * When it happened, set right by what the phone knew of the server's clock: a phone a year off
 * still shows the hour of the door. The phone's own reading stays in `at`.
 */
export function knockedAt(operation: Pick<Operation, 'at' | 'clockOffsetMs'>): Instant {
  return { ms: operation.at.ms + (operation.clockOffsetMs ?? 0), offset: operation.at.offset };
}
