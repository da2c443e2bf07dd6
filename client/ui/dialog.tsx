import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { Button } from './button.tsx';

export interface ConfirmDialogProps {
  readonly open: boolean;
  /** A question: "Delete turf 4?" */
  readonly title: ReactNode;
  /** What will happen and what is kept. */
  readonly children?: ReactNode;
  /** The verb on the button. */
  readonly action: string;
  readonly danger?: boolean;
  readonly busy?: boolean;
  /** False while the dialog's own question has no answer yet. */
  readonly ready?: boolean;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Asks before what cannot be undone. The browser's own modal dialog keeps focus and Escape right. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, title, children, action, danger = false, busy = false, ready = true } = props;
  const { t } = useLingui();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    const element = dialog.current;
    if (!element || !open) return;
    element.showModal();
    return () => element.close();
  }, [open]);

  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        props.onCancel();
      }}
    >
      {open && (
        <>
          <h2 id={titleId}>{title}</h2>
          {children !== undefined && <div className="quiet">{children}</div>}
          <div className="dialog-foot">
            <Button onClick={props.onCancel}>{t`Cancel`}</Button>
            <Button
              variant={danger ? 'danger' : 'primary'}
              busy={busy}
              disabled={!ready}
              onClick={props.onConfirm}
            >
              {action}
            </Button>
          </div>
        </>
      )}
    </dialog>
  );
}
