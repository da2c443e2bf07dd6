import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useShown } from './use-shell.ts';

export interface TabBarProps {
  /** Its accessible name. */
  readonly label: string;
  readonly tabs: readonly {
    readonly href: string;
    readonly label: ReactNode;
    readonly icon: ReactNode;
    /** Other addresses that belong to this tab begin so. */
    readonly also?: string;
  }[];
}

/** The tabs at the thumb. */
export function TabBar({ label, tabs }: TabBarProps) {
  const [location] = useLocation();
  useShown('tabs');
  return (
    <nav className="tab-bar" aria-label={label}>
      {tabs.map((tab) => {
        const here =
          location === tab.href || (tab.also !== undefined && location.startsWith(tab.also));
        return (
          <Link key={tab.href} href={tab.href} aria-current={here ? 'page' : undefined}>
            {tab.icon}
            <span>{tab.label}</span>
          </Link>
        );
      })}
    </nav>
  );
}
