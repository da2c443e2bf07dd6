import { makeId, type QuestionId } from '#shared/kernel/ids.ts';

const random = (count: number): Uint8Array => crypto.getRandomValues(new Uint8Array(count));

export function makeQuestionId(): QuestionId {
  return makeId<QuestionId>(Date.now(), random);
}

/** Eight letters: unique within its question for sure enough, short in an export. */
export function makeOptionId(): string {
  return Array.from(random(4), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
