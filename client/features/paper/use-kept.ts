import { useCallback, useEffect, useRef, useState } from 'react';
import { type Kept, newKept, readKept, type Shift, writeKept } from './kept-entry.ts';

export interface KeptEntry {
  readonly kept: Kept;
  /** Changes what is kept; it is in this browser's storage when this returns. */
  readonly change: (change: (before: Kept) => Kept) => void;
  /** False: this browser keeps nothing, and what is typed is on this page alone. */
  readonly safe: boolean;
  /** The same turf is open in another tab of this browser, which has it. */
  readonly elsewhere: boolean;
}

/** What is typed for one turf, kept in this browser at every key until the chapter has it. */
export function useKept(name: string, first: () => Shift): KeptEntry {
  const [state, setState] = useState(() => ({
    kept: readKept(name) ?? newKept(first()),
    safe: true,
  }));
  const latest = useRef(state.kept);
  const [elsewhere, setElsewhere] = useState(false);

  useEffect(() => {
    const { locks } = navigator as { locks?: LockManager };
    if (locks === undefined) return;
    let release = (): void => undefined;
    const stop = new AbortController();
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    void locks.request(name, { ifAvailable: true }, (lock) => {
      if (lock !== null) return held;
      if (stop.signal.aborted) return undefined;
      setElsewhere(true);
      // Once the other tab is closed, what it has left is read here.
      void locks
        .request(name, { signal: stop.signal }, () => {
          const kept = readKept(name);
          if (kept !== null) {
            latest.current = kept;
            setState({ kept, safe: true });
          }
          setElsewhere(false);
          return held;
        })
        .catch(() => undefined);
      return undefined;
    });
    return () => {
      stop.abort();
      release();
    };
  }, [name]);

  const change = useCallback(
    (step: (before: Kept) => Kept) => {
      const kept = step(latest.current);
      if (kept === latest.current) return;
      latest.current = kept;
      setState({ kept, safe: writeKept(name, kept) });
    },
    [name],
  );
  return { ...state, change, elsewhere };
}
