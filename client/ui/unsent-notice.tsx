import type { ReactNode } from 'react';
import { Plural } from '@lingui/react/macro';
import { IconDeviceMobile } from '@tabler/icons-react';
import { Notice } from './notice.tsx';

export interface UnsentNoticeProps {
  /** How many phones. */
  readonly phones: number;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

/** So many phones have work that the chapter does not have yet. */
export function UnsentNotice({ phones, children, action }: UnsentNoticeProps) {
  return (
    <Notice
      tone="offline"
      icon={<IconDeviceMobile size={22} aria-hidden />}
      title={
        <Plural
          value={phones}
          one="# phone has work that is not here yet"
          other="# phones have work that is not here yet"
        />
      }
      action={action}
    >
      {children}
    </Notice>
  );
}
