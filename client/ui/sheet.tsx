import type { ReactNode } from 'react';
import { Drawer } from '@base-ui/react/drawer';
import { useLingui } from '@lingui/react/macro';
import { IconX } from '@tabler/icons-react';
import { buttonClass } from './button.tsx';

export interface SheetProps {
  readonly open: boolean;
  /** Called with false when the person closes it: cross, Escape, swipe down, tap outside. */
  readonly onOpenChange: (open: boolean) => void;
  readonly title: ReactNode;
  readonly description?: ReactNode;
  readonly children: ReactNode;
  /** Stays in sight below what scrolls: the one button that ends the sheet. */
  readonly footer?: ReactNode;
}

/** A sheet from the bottom edge, for one door or one thing. */
export function Sheet({ open, onOpenChange, title, description, children, footer }: SheetProps) {
  const { t } = useLingui();
  return (
    <Drawer.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Drawer.Portal>
        <Drawer.Backdrop className="sheet-veil" />
        <Drawer.Viewport className="sheet-view">
          <Drawer.Popup className="sheet">
            <div className="sheet-grip" />
            <div className="sheet-head">
              <div className="sheet-names">
                <Drawer.Title>{title}</Drawer.Title>
                {description !== undefined && (
                  <Drawer.Description className="quiet">{description}</Drawer.Description>
                )}
              </div>
              <Drawer.Close
                className={`${buttonClass({ variant: 'quiet' })} button-icon`}
                aria-label={t`Close`}
              >
                <IconX size={22} aria-hidden />
              </Drawer.Close>
            </div>
            <Drawer.Content className="sheet-body">{children}</Drawer.Content>
            {footer !== undefined && <div className="sheet-foot">{footer}</div>}
          </Drawer.Popup>
        </Drawer.Viewport>
      </Drawer.Portal>
    </Drawer.Root>
  );
}
