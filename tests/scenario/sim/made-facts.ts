import { createHash } from 'node:crypto';
import {
  type AnswerId,
  type DoorId,
  makeId,
  type PersonId,
  type QuestionId,
} from '#shared/kernel/ids.ts';
import type { RandomBytes } from '#shared/kernel/random.ts';
import type { Knock } from '#shared/model/fact.ts';
import type { ResultCode } from '#shared/model/results.ts';

const SUPPORT = '019a0000-0000-7000-8000-000000000001' as QuestionId;

/** Node's SHA-256 in the shape that the phone's has. */
export const hashText = (text: string): Promise<string> =>
  Promise.resolve(createHash('sha256').update(text).digest('hex'));

/** A knock with a result and nothing else. */
export function resultKnock(
  doorId: DoorId,
  result: ResultCode,
  personId: PersonId | null = null,
): Knock {
  const outcome = { kind: 'result' as const, result, ...DETAILS[result] };
  const ofCall = result === 'voicemail' || result === 'wrong-number';
  const knock = { doorId, personId, outcome, answers: [], note: null };
  return ofCall ? { ...knock, by: 'phone' } : knock;
}

/** What is asked besides, with some results. */
const DETAILS: Readonly<Partial<Record<ResultCode, Pick<KnockResult, 'language' | 'comeBack'>>>> = {
  'language-barrier': { language: 'zh-Hant' },
  'come-back': { comeBack: { day: '2026-10-04', part: 'evening' } },
};
type KnockResult = Extract<Knock['outcome'], { kind: 'result' }>;

/** A knock at which somebody spoke, and said how much they support us. */
export function contactKnock(
  doorId: DoorId,
  personId: PersonId | null,
  level: number,
  random: RandomBytes,
): Knock {
  const given = { kind: 'support' as const, level };
  const answers = [{ id: makeId<AnswerId>(0, random), questionId: SUPPORT, given }];
  return { doorId, personId, outcome: { kind: 'contact' }, answers, note: null };
}
