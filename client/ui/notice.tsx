import type { ReactNode } from 'react';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconInfoCircle,
  IconWifiOff,
} from '@tabler/icons-react';

export interface NoticeProps {
  readonly tone?: 'info' | 'done' | 'offline' | 'problem';
  /** In place of the tone's own picture. */
  readonly icon?: ReactNode;
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  /** A button. */
  readonly action?: ReactNode;
}

const ICONS = {
  info: IconInfoCircle,
  done: IconCircleCheck,
  offline: IconWifiOff,
  problem: IconAlertTriangle,
};

/** A band of words: what happened, what was kept, what to do. Problems are read out at once. */
export function Notice({ tone = 'info', icon, title, children, action }: NoticeProps) {
  const Icon = ICONS[tone];
  return (
    <div className={`notice notice-${tone}`} role={tone === 'problem' ? 'alert' : 'status'}>
      {icon ?? <Icon size={22} aria-hidden />}
      <div className="notice-words">
        {title !== undefined && <strong>{title}</strong>}
        {children !== undefined && <div>{children}</div>}
      </div>
      {action}
    </div>
  );
}
