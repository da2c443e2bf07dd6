import type { DoorId, PersonId } from '#shared/kernel/ids.ts';
import type { ComeBack } from '#shared/model/fact.ts';
import type { ResultCode } from '#shared/model/results.ts';
import type { Fact } from '../walk-context.ts';

/** What some results tell beside themselves; left out: nobody said so. */
export interface ResultMore {
  readonly language?: string;
  readonly comeBack?: ComeBack;
}

/** A knock that brought no conversation. */
export function resultFact(
  doorId: DoorId,
  result: ResultCode,
  personId: PersonId | null = null,
  note: string | null = null,
  more: ResultMore = {},
): Fact {
  const outcome = { kind: 'result', result, ...more } as const;
  return { type: 'knock', payload: { doorId, personId, outcome, answers: [], note } };
}
