import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** Shuts off all that is beside the layer, for fingers, keys and readers; gives what opens it again. */
function shutOff(layer: HTMLElement): () => void {
  // What is said meanwhile (ui/toast-stage) can be read and pressed.
  const others = [...document.body.children].filter(
    (each): each is HTMLElement =>
      each instanceof HTMLElement && each !== layer && !each.inert && !each.matches('.toasts'),
  );
  for (const each of others) each.inert = true;
  return () => {
    for (const each of others) each.inert = false;
  };
}

/**
 * Makes a layer that hangs on the body the only thing that can be used for as long as it is there:
 * focus goes into `box` and afterwards back to where it was; Escape calls `onEscape`. The browser's
 * own modal dialog would shut off the toasts too, and with them what can be undone.
 */
export function useModal(
  layer: RefObject<HTMLElement | null>,
  box: RefObject<HTMLElement | null>,
  onEscape: () => void,
): void {
  // Before anything inside has taken the focus.
  const [before] = useState(() => document.activeElement);
  const escape = useRef(onEscape);
  useEffect(() => {
    escape.current = onEscape;
  });

  useLayoutEffect(() => {
    const element = layer.current;
    if (element === null) return;
    const open = shutOff(element);
    if (!element.contains(document.activeElement)) box.current?.focus({ preventScroll: true });
    return () => {
      open();
      const now = document.activeElement;
      // A toast that is going keeps the focus until the next frame, though it can hold it no longer.
      const lost = now === null || now === document.body || now.closest('[inert]') !== null;
      const free = lost || element.contains(now);
      if (free && before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, [layer, box, before]);

  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented) return;
      // The uppermost alone: it may be another sheet, or a dialog of the browser's.
      if (layer.current?.inert !== false || document.querySelector('dialog[open]') !== null) return;
      escape.current();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [layer]);
}
