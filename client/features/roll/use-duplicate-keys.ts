import { useEffect, useRef } from 'react';

export interface DuplicateKeys {
  /** Whether the keys do anything now. */
  readonly on: boolean;
  readonly merge: () => void;
  readonly apart: () => void;
  readonly swap: () => void;
  readonly move: (by: 1 | -1) => void;
}

/** Somebody types, or a dialog is open: letters are not ours. */
function isTaken(target: EventTarget | null): boolean {
  if (document.querySelector('[role="dialog"], [role="alertdialog"]') !== null) return true;
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('input, select, textarea, summary');
}

/** One hand decides pair after pair: m, n, s and the arrows. */
export function useDuplicateKeys(keys: DuplicateKeys): void {
  const now = useRef(keys);
  useEffect(() => {
    now.current = keys;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const { on, merge, apart, swap, move } = now.current;
      if (!on || event.ctrlKey || event.metaKey || event.altKey || isTaken(event.target)) return;
      const acts: Readonly<Record<string, () => void>> = {
        m: merge,
        n: apart,
        s: swap,
        ArrowDown: () => move(1),
        ArrowUp: () => move(-1),
      };
      const act = acts[event.key];
      // A key that is held down must not decide the pairs behind.
      if (act === undefined || (event.repeat && !event.key.startsWith('Arrow'))) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
