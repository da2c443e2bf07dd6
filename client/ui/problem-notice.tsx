import type { ReactNode } from 'react';
import type { Problem } from '#shared/kernel/make-problem.ts';
import { Notice } from './notice.tsx';
import { useProblemWords } from './use-problem-words.ts';

export interface ProblemNoticeProps {
  readonly problem: Problem;
  readonly action?: ReactNode;
}

/** A problem of the catalogue in the person's own language. */
export function ProblemNotice({ problem, action }: ProblemNoticeProps) {
  return (
    <Notice tone="problem" action={action}>
      <ProblemWords problem={problem} />
    </Notice>
  );
}

/** Its sentence alone. */
export function ProblemWords({ problem }: { readonly problem: Problem }) {
  return useProblemWords(problem);
}
