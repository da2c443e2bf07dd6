import type { CSSProperties, ReactNode } from 'react';
import { joinClasses } from './join-classes.ts';

export interface ProgressBarProps {
  /** Its accessible name, shown above unless `hideWords`. */
  readonly label: string;
  readonly value: number;
  /** Null: the end is not known yet. */
  readonly max: number | null;
  /** Where it should be by now; marked on the bar. */
  readonly target?: number;
  /** Shown at the end of the line, e.g. "312 of 480". */
  readonly words?: ReactNode;
  readonly tone?: 'brand' | 'done';
  readonly hideWords?: boolean;
}

/** How far something is. */
export function ProgressBar(props: ProgressBarProps) {
  const { label, value, max, target, words, tone = 'brand', hideWords = false } = props;
  const part = (n: number): number =>
    max === null || max <= 0 ? 0 : Math.min(1, Math.max(0, n / max));
  const style = { '--part': part(value), '--target-part': part(target ?? 0) } as CSSProperties;
  return (
    <div className={joinClasses('progress', `progress-${tone}`)}>
      {!hideWords && (
        <div className="progress-words">
          <span>{label}</span>
          {words !== undefined && <span className="quiet">{words}</span>}
        </div>
      )}
      <div
        className="progress-track"
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={max ?? undefined}
        aria-valuenow={max === null ? undefined : value}
        data-unknown={max === null ? '' : undefined}
        style={style}
      >
        <div className="progress-fill" />
        {target !== undefined && <div className="progress-target" />}
      </div>
    </div>
  );
}
