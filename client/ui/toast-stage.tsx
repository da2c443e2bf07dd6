import { useCallback, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useLingui } from '@lingui/react/macro';
import { IconX } from '@tabler/icons-react';
import { dragAway } from './drag-away.ts';
import { enterStage, type ToastWords } from './toast.tsx';

/** How long one stays, in ms; with an action there is more time to reach it. */
const STAY = 5_000;
const STAY_WITH_ACTION = 8_000;
/** Longer than it takes to fade. */
const FADE = 400;

interface ShownToast {
  readonly id: string;
  readonly words: ToastWords;
  readonly leaving: boolean;
}

interface ToastViewProps extends ShownToast {
  readonly onClose: () => void;
}

function ToastView({ words, leaving, onClose }: ToastViewProps) {
  const { t } = useLingui();
  const box = useRef<HTMLDivElement>(null);
  const [held, setHeld] = useState(false);
  /** Where the focus was before it came here. */
  const before = useRef<EventTarget | null>(null);
  const { action } = words;
  const stay = words.timeout ?? (action ? STAY_WITH_ACTION : STAY);
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    return dragAway(element, ['down', 'right'], () => close.current());
  }, []);
  // Whoever is about to press it, or hears it read, has as long as that takes.
  useEffect(() => {
    if (stay === 0 || held || leaving) return;
    const timer = setTimeout(() => close.current(), stay);
    return () => clearTimeout(timer);
  }, [stay, held, leaving]);

  return (
    <div
      ref={box}
      className="toast"
      inert={leaving}
      data-ending-style={leaving ? '' : undefined}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={({ currentTarget, relatedTarget }) => {
        setHeld(true);
        if (!currentTarget.contains(relatedTarget)) before.current = relatedTarget;
      }}
      onBlur={() => setHeld(false)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || leaving) return;
        // A sheet below stays open.
        event.stopPropagation();
        onClose();
      }}
    >
      <div className="toast-content">
        <div className="toast-words">{words.text}</div>
        {action !== undefined && (
          <button
            type="button"
            className="toast-action"
            onClick={() => {
              if (before.current instanceof HTMLElement) {
                before.current.focus({ preventScroll: true });
              }
              onClose();
              action.onPress();
            }}
          >
            {action.label}
          </button>
        )}
        <button type="button" className="toast-close" aria-label={t`Close`} onClick={onClose}>
          <IconX size={20} aria-hidden />
        </button>
      </div>
    </div>
  );
}

/** Draws the one toast that shows. Readers are told of it when they have ended what they say. */
export default function ToastStageView() {
  const { t } = useLingui();
  const [toast, setToast] = useState<ShownToast | null>(null);
  const close = useCallback((id: string): void => {
    setToast((now) => (now?.id === id ? { ...now, leaving: true } : now));
  }, []);
  useEffect(
    () => enterStage({ close, show: (id, words) => setToast({ id, words, leaving: false }) }),
    [close],
  );
  const gone = toast?.leaving === true ? toast.id : null;
  useEffect(() => {
    if (gone === null) return;
    const timer = setTimeout(() => setToast((now) => (now?.id === gone ? null : now)), FADE);
    return () => clearTimeout(timer);
  }, [gone]);

  return createPortal(
    <div className="toasts" role="region" aria-live="polite" aria-label={t`Notifications`}>
      {toast !== null && <ToastView key={toast.id} {...toast} onClose={() => close(toast.id)} />}
    </div>,
    document.body,
  );
}
