import { catalogue } from './catalogue.ts';
import { fillIn, type Locale } from './phone-problem.ts';
import { type Facts, problem, type Problem, type ProblemCode } from './make-problem.ts';

export { problem };
export type { Facts, Locale, Problem, ProblemCode };

/** What was stored or sent by a newer version may have a name that this one has no words for. */
function toKnown(found: Problem): Problem {
  const name: string = found.code;
  return isProblem(found) ? found : problem('unknown-problem', { name });
}

/** The sentence that tells a person what happened, what was kept and what to do. */
export function sayProblem(problem: Problem, locale: Locale = 'en'): string {
  const { code, facts } = toKnown(problem);
  return fillIn(catalogue[code][locale], facts);
}

/** The HTTP status that carries this problem. */
export function statusOf(problem: Problem): number {
  return catalogue[toKnown(problem).code].status;
}

/** True when a value read from the wire is a problem that this version knows. */
export function isProblem(value: unknown): value is Problem {
  if (typeof value !== 'object' || value === null || !('code' in value)) return false;
  return typeof value.code === 'string' && Object.hasOwn(catalogue, value.code);
}

/** A problem thrown across a boundary that cannot return a Result (an HTTP handler, a worker). */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(found: Problem) {
    super(sayProblem(found));
    this.name = 'ProblemError';
    this.problem = found;
  }
}
