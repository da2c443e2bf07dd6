import { saidTokens } from '../canvass/said-token.ts';
import type { QuestionId } from '../kernel/ids.ts';
import type { Given } from '../model/fact.ts';
import type { Question } from '../model/script.ts';

/** What was given so far, by question; a question without an entry was not asked. */
export type GivenSoFar = Readonly<Record<string, Given>>;

/**
 * The questions that are asked after these answers, in the order of the script. A question with a
 * condition is asked once the question it names is asked itself and got one of the answers; one
 * that names no earlier question (no published script has such) is asked always. One pass.
 */
export function askedQuestions(
  questions: readonly Question[],
  given: GivenSoFar,
): readonly Question[] {
  const met = new Set<QuestionId>();
  const earlier = new Set<QuestionId>();
  return questions.filter(({ id, askIf }) => {
    const answer = askIf && given[askIf.questionId];
    const asked =
      askIf === undefined ||
      !earlier.has(askIf.questionId) ||
      (met.has(askIf.questionId) &&
        answer !== undefined &&
        saidTokens(answer).some((token) => askIf.said.includes(token)));
    earlier.add(id);
    if (asked) met.add(id);
    return asked;
  });
}

/** The first question that is asked and has no answer yet; null when all have one. */
export function nextQuestion(questions: readonly Question[], given: GivenSoFar): Question | null {
  return askedQuestions(questions, given).find(({ id }) => given[id] === undefined) ?? null;
}
