import { useEffect, useState } from 'react';
import { Trans } from '@lingui/react/macro';
import type { Problem } from '#shared/kernel/make-problem.ts';
import type { Result } from '#shared/kernel/result.ts';
import { handOver } from '../../../sync/handed-phone.ts';
import type { PackedTurf } from '../../../sync/handed-pack.ts';
import { HandedWay } from '../../../ui/handed-way.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';

/** This phone's turf for another phone, as it is now: with what was done, and with no network. */
export function HandOverSheet({ turfName }: { readonly turfName: string }) {
  const [packed, setPacked] = useState<Result<PackedTurf, Problem> | null>(null);
  useEffect(() => {
    let gone = false;
    const pack = async (): Promise<void> => {
      const made = await handOver();
      if (!gone) setPacked(made);
    };
    void pack();
    return () => {
      gone = true;
    };
  }, []);
  return (
    <div className="stack">
      <p>
        <Trans>
          {turfName} as it is now, with every door that was done. You may both walk on: once there
          is a signal, each sees the other’s doors.
        </Trans>
      </p>
      {packed === null && <Skeleton lines={1} height="20rem" />}
      {packed?.ok === false && <ProblemNotice problem={packed.problem} />}
      {packed?.ok === true && <HandedWay turfName={turfName} {...packed.value} />}
    </div>
  );
}
