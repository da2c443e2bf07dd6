import type { Failure } from '#shared/sync/classify-failure.ts';

/** What one request led to: nothing more to do, more of the same, or a failure to wait over. */
export type Step =
  | { readonly kind: 'done' }
  | { readonly kind: 'again' }
  | { readonly kind: 'failed'; readonly failure: Failure };

export const DONE: Step = { kind: 'done' };
export const AGAIN: Step = { kind: 'again' };

export function failedStep(failure: Failure): Step {
  return { kind: 'failed', failure };
}
