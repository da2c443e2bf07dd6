import type { CSSProperties } from 'react';
import { useLingui } from '@lingui/react/macro';
import type { Counted } from '#shared/model/universe.ts';
import { useFormat } from '../../api/use-format.ts';

export interface StepBarProps {
  readonly count: Counted | null;
  readonly everybody: Counted | null;
}

/** How many are left, as words and as a part of everybody. */
export function StepBar({ count, everybody }: StepBarProps) {
  const { t } = useLingui();
  const format = useFormat();
  const part = count && everybody ? Math.min(1, count.people / Math.max(1, everybody.people)) : 0;
  return (
    <div className="universe-bar">
      <span className="universe-bar-track" aria-hidden>
        <span style={{ '--part': part } as CSSProperties} />
      </span>
      <span className="small universe-bar-words">
        {count === null
          ? '–'
          : t`${format.number(count.people)} people, ${format.number(count.doors)} doors`}
      </span>
    </div>
  );
}
