import type { DoorId, PersonId } from '#shared/kernel/ids.ts';
import type { ResultCode } from '#shared/model/results.ts';
import type { Fact } from './walk-context.ts';

/** A knock that brought no conversation. */
export function resultFact(
  doorId: DoorId,
  result: ResultCode,
  personId: PersonId | null = null,
  note: string | null = null,
): Fact {
  const outcome = { kind: 'result', result } as const;
  return { type: 'knock', payload: { doorId, personId, outcome, answers: [], note } };
}
