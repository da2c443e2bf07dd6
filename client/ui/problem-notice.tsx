import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react';
import { sayProblem, type Problem } from '#shared/kernel/problem.ts';
import { Notice } from './notice.tsx';

export interface ProblemNoticeProps {
  readonly problem: Problem;
  readonly action?: ReactNode;
}

/** A problem of the catalogue in the person's own language. */
export function ProblemNotice({ problem, action }: ProblemNoticeProps) {
  const { i18n } = useLingui();
  return (
    <Notice tone="problem" action={action}>
      {sayProblem(problem, i18n.locale === 'es' ? 'es' : 'en')}
    </Notice>
  );
}
