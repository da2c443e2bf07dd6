import { Trans } from '@lingui/react/macro';
import { IconMap2 } from '@tabler/icons-react';
import { Link } from 'wouter';
import { buttonClass } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

/** Before the databases have answered, and when this phone holds no turf. */
export function NoWalk({ loading }: { readonly loading: boolean }) {
  if (loading) {
    return (
      <main className="walk-loading">
        <Skeleton lines={6} height="3.5rem" />
      </main>
    );
  }
  return (
    <main>
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
    </main>
  );
}
