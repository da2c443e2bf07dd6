import type { JoinAnswer, WaitingAnswer } from '../model/invite.ts';
import { readJoined } from './check-answer.ts';

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value as what joining answers, or null when it is anything else. */
export function readJoinAnswer(value: unknown): JoinAnswer | null {
  if (!isFields(value) || !isFields(value.waiting)) return readJoined(value);
  const { token, chapterName, until } = value.waiting;
  const whole =
    typeof token === 'string' && typeof chapterName === 'string' && typeof until === 'number';
  return whole ? { waiting: { token, chapterName, until } } : null;
}

/** The value as how a phone stands that waits to be let in, or null when it is anything else. */
export function readWaitingAnswer(value: unknown): WaitingAnswer | null {
  if (!isFields(value)) return null;
  if (value.state === 'waiting') return { state: 'waiting' };
  if (value.state === 'refused')
    return { state: 'refused', ...(value.late === true && { late: true }) };
  const joined = value.state === 'let-in' ? readJoined(value.joined) : null;
  return joined === null ? null : { state: 'let-in', joined };
}
