import type { ProblemCode } from './catalogue.ts';

export type { ProblemCode };
export type Facts = Readonly<Record<string, string | number>>;

/** An expected failure: a code from the catalogue and the facts that its sentence names. */
export interface Problem {
  readonly code: ProblemCode;
  readonly facts: Facts;
}

/**
 * Makes a problem of the catalogue. `facts` fill the places in braces of its sentence. Apart from the
 * sentences, so that a phone that walks need not load them first.
 */
export function problem(code: ProblemCode, facts: Facts = {}): Problem {
  return { code, facts };
}
