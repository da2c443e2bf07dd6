import type { ReactNode } from 'react';
import { joinClasses } from './join-classes.ts';

export interface PillProps {
  /** `phone` (amber) means on this phone only, `done` (green) means done or with the chapter. */
  readonly tone?: 'plain' | 'brand' | 'done' | 'phone' | 'danger';
  readonly icon?: ReactNode;
  readonly children: ReactNode;
  /** With it the pill is a button. */
  readonly onClick?: () => void;
  /** Announces changes of its words politely. */
  readonly live?: boolean;
}

/** A few words about a state. */
export function Pill({ tone = 'plain', icon, children, onClick, live = false }: PillProps) {
  const className = joinClasses('pill', `pill-${tone}`);
  const role = live ? 'status' : undefined;
  const words = <span role={role}>{children}</span>;
  if (onClick) {
    return (
      <button type="button" className={className} onClick={onClick}>
        {icon}
        {words}
      </button>
    );
  }
  return (
    <span className={className}>
      {icon}
      {words}
    </span>
  );
}
