import type { CSSProperties } from 'react';
import type { Target } from './cut-wish.ts';

export interface SizeGaugeProps {
  readonly size: number;
  readonly target: Target;
}

/** A turf's size against what was asked for: a bar with the room that fits marked. For eyes only. */
export function SizeGauge({ size, target }: SizeGaugeProps) {
  const scale = target.most * 1.5;
  const style = {
    '--at': Math.min(1, size / scale),
    '--least': target.least / scale,
    '--most': target.most / scale,
  } as CSSProperties;
  return (
    <span
      className="turf-gauge"
      style={style}
      aria-hidden
      data-fits={fits(size, target) === 'fits' ? '' : undefined}
    >
      <span className="turf-gauge-fit" />
      <span className="turf-gauge-fill" />
    </span>
  );
}

/** How a size stands to what was asked for. */
export function fits(size: number, { least, most }: Target): 'small' | 'fits' | 'large' {
  return size < least ? 'small' : size > most ? 'large' : 'fits';
}
