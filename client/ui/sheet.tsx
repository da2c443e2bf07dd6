import { useEffect, useId, useRef, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useLingui } from '@lingui/react/macro';
import { IconX } from '@tabler/icons-react';
import { buttonClass } from './button.tsx';
import { dragAway } from './drag-away.ts';
import { useModal } from './use-modal.ts';
import { useShown } from './use-shell.ts';

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
export function Sheet({ open, ...sheet }: SheetProps) {
  return open ? createPortal(<OpenSheet {...sheet} />, document.body) : null;
}

/** What is missing may be above or below what is in sight of the sheet when it is told. */
function showFault(box: HTMLElement | null): void {
  requestAnimationFrame(() =>
    box?.querySelector('.sheet-body [role=alert]')?.scrollIntoView({ block: 'nearest' }),
  );
}

function OpenSheet(props: Omit<SheetProps, 'open'>) {
  const { onOpenChange, title, description, children, footer } = props;
  const { t } = useLingui();
  const id = useId();
  const layer = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const close = useRef(() => onOpenChange(false));
  useEffect(() => {
    close.current = () => onOpenChange(false);
  });
  useModal(layer, box, () => onOpenChange(false));
  useShown('sheet');
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    return dragAway(element, ['down'], () => close.current());
  }, []);

  return (
    <div ref={layer}>
      <div className="sheet-veil" />
      <div
        className="sheet-view"
        onClick={(event) => {
          if (event.target === event.currentTarget) onOpenChange(false);
        }}
      >
        <div
          ref={box}
          className="sheet"
          role="dialog"
          tabIndex={-1}
          aria-labelledby={`${id}-title`}
          aria-describedby={description === undefined ? undefined : `${id}-more`}
        >
          <div className="sheet-grip" />
          <div className="sheet-head">
            <div className="sheet-names">
              <h2 id={`${id}-title`}>{title}</h2>
              {description !== undefined && (
                <p id={`${id}-more`} className="quiet">
                  {description}
                </p>
              )}
            </div>
            <button
              type="button"
              className={`${buttonClass({ variant: 'quiet' })} button-icon`}
              aria-label={t`Close`}
              onClick={() => onOpenChange(false)}
            >
              <IconX size={22} aria-hidden />
            </button>
          </div>
          <div className="sheet-body">{children}</div>
          {footer !== undefined && (
            <div className="sheet-foot" onClick={() => showFault(box.current)}>
              {footer}
            </div>
          )}
        </div>
      </div>
    </div>
  );
}
