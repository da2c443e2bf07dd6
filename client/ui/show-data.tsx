import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import type { Problem } from '#shared/kernel/problem.ts';
import { Button } from './button.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import { Skeleton } from './skeleton.tsx';

export interface ShowDataProps<T> {
  readonly from: {
    readonly data: T | null;
    readonly problem: Problem | null;
    readonly loading: boolean;
    readonly reload: () => void;
  };
  /** Lines of the skeleton that stands in. */
  readonly lines?: number;
  readonly children: (data: T) => ReactNode;
}

/** What was asked for; until then a skeleton, and after a failure the reason with a way to retry. */
export function ShowData<T>({ from, lines = 4, children }: ShowDataProps<T>) {
  const { t } = useLingui();
  const again = <Button busy={from.loading} onClick={from.reload}>{t`Try again`}</Button>;
  return (
    <>
      {from.problem && <ProblemNotice problem={from.problem} action={again} />}
      {from.data === null && from.problem === null && <Skeleton lines={lines} height="2rem" />}
      {from.data !== null && children(from.data)}
    </>
  );
}
