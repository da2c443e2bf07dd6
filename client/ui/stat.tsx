import type { ReactNode } from 'react';

export interface StatProps {
  readonly value: ReactNode;
  readonly label: ReactNode;
}

/** A number and what it counts: the number first. Several stand in a `<dl className="stats">`. */
export function Stat({ value, label }: StatProps) {
  return (
    <div className="stack stat">
      <dt className="stat-label">{label}</dt>
      <dd className="stat-value">{value}</dd>
    </div>
  );
}
