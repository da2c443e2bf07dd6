import { useEffect, useSyncExternalStore } from 'react';
import { keepVersion } from './keep-version.ts';

let open = 0;
const listeners = new Set<() => void>();

function change(by: number): void {
  open += by;
  for (const listener of listeners) listener();
}

/**
 * While `unsaved` is true, closing the page asks first and no newer version of the app is offered:
 * what is being drawn or written is nowhere but on this page.
 */
export function useUnsavedWork(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    change(1);
    const release = keepVersion();
    return () => {
      release();
      window.removeEventListener('beforeunload', ask);
      change(-1);
    };
  }, [unsaved]);
}

/** True while anything on this page is drawn or written and not saved. */
export function useHasUnsavedWork(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => open > 0,
  );
}
