import { useEffect, useRef } from 'react';

export interface Shortcuts {
  readonly undo: (() => void) | null;
  readonly redo: (() => void) | null;
  /** Escape. */
  readonly cancel: (() => void) | null;
}

/** Ctrl+Z, Ctrl+Shift+Z (or Ctrl+Y) and Escape on the whole page, but for where words are written. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || writes(event.target)) return;
      if (event.key === 'Escape' && document.querySelector('dialog[open]') === null) {
        latest.current.cancel?.();
      }
      if (!(event.ctrlKey || event.metaKey)) return;
      const key = event.key.toLowerCase();
      const again = key === 'y' || (key === 'z' && event.shiftKey);
      if (!again && key !== 'z') return;
      event.preventDefault();
      if (again) latest.current.redo?.();
      else latest.current.undo?.();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}

/** A field has an undo of its own. */
function writes(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'range'].includes(target.type);
  return target instanceof HTMLTextAreaElement;
}
