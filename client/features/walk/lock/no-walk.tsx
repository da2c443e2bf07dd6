import { lazy, Suspense, useEffect, useState } from 'react';
import { Trans } from '@lingui/react/macro';
import { IconMap2 } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { Problem } from '#shared/kernel/problem.ts';
import { buttonClass } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';

const Leftover = lazy(async () => ({ default: (await import('../sent/leftover.tsx')).Leftover }));

/** Databases that do not answer for so many ms are asked why. */
const PATIENCE = 3_000;

/** A moment, unless this browser keeps nothing: then that is said instead of waiting for ever. */
function Loading() {
  const [refused, setRefused] = useState<Problem | null>(null);
  useEffect(() => {
    const ask = async (): Promise<void> => {
      // Rarely needed: not of the first load.
      const { checkStorage } = await import('../../../store/check-storage.ts');
      const storage = await checkStorage();
      if (!storage.ok) setRefused(storage.problem);
    };
    const timer = setTimeout(() => void ask().catch(() => {}), PATIENCE);
    return () => clearTimeout(timer);
  }, []);
  return (
    <main className="walk-loading">
      {refused === null ? (
        <Skeleton lines={6} height="3.5rem" />
      ) : (
        <ProblemNotice problem={refused} />
      )}
    </main>
  );
}

/** Before the databases have answered, and when this phone holds no turf. */
export function NoWalk({ loading }: { readonly loading: boolean }) {
  if (loading) return <Loading />;
  return (
    <main className="no-walk">
      <EmptyState
        icon={<IconMap2 size={28} aria-hidden />}
        title={<Trans>No turf on this phone</Trans>}
        action={
          <Link className={buttonClass({ variant: 'primary', size: 'large' })} href="/join">
            <Trans>I have a code</Trans>
          </Link>
        }
      >
        <Trans>Scan the code that your coordinator shows you, or type it here.</Trans>
      </EmptyState>
      <Suspense fallback={null}>
        <Leftover />
      </Suspense>
    </main>
  );
}
