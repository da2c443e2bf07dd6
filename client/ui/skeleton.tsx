import type { CSSProperties } from 'react';
import { useLingui } from '@lingui/react/macro';

export interface SkeletonProps {
  readonly lines?: number;
  /** Height of a line in CSS units; 1rem when not given. */
  readonly height?: string;
}

/** Stands in for what is still loading. Invisible for the first 300 ms. */
export function Skeleton({ lines = 3, height = '1rem' }: SkeletonProps) {
  const { t } = useLingui();
  const style = { '--skeleton-height': height } as CSSProperties;
  return (
    <div className="skeleton" role="status" aria-label={t`Loading`} style={style}>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} />
      ))}
    </div>
  );
}
