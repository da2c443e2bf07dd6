import { useCallback, useEffect, useRef, useState } from 'react';
import type { KeptBox } from './kept-box.ts';
import { type Kept, newKept, type Shift } from './kept-entry.ts';

export interface KeptEntry {
  readonly kept: Kept;
  /** Changes what is kept; it is sealed in this browser's storage once `settled` resolves. */
  readonly change: (change: (before: Kept) => Kept) => void;
  readonly settled: () => Promise<void>;
  /** False: this browser keeps nothing, and what is typed is on this page alone. */
  readonly safe: boolean;
  /** The same turf is open in another tab of this browser, which has it. */
  readonly elsewhere: boolean;
}

/** What lies in a box, as it was opened. */
export interface OpenedBox {
  readonly name: string;
  readonly box: KeptBox;
  readonly kept: Kept | null;
}

/** What is typed for one turf, kept in this browser at every key until the chapter has it. */
export function useKept({ name, box, kept: first }: OpenedBox, begin: () => Shift): KeptEntry {
  const [kept, setKept] = useState(() => first ?? newKept(begin()));
  const [safe, setSafe] = useState(true);
  const latest = useRef(kept);
  const writing = useRef<Promise<void>>(Promise.resolve());
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
        .request(name, { signal: stop.signal }, async () => {
          const left = await box.read();
          if (left !== null) {
            latest.current = left;
            setKept(left);
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
  }, [name, box]);

  const change = useCallback(
    (step: (before: Kept) => Kept) => {
      const next = step(latest.current);
      if (next === latest.current) return;
      latest.current = next;
      setKept(next);
      // One after the other; what has changed again meanwhile is written once.
      const write = async (before: Promise<void>): Promise<void> => {
        await before;
        if (latest.current === next) setSafe(await box.write(next));
      };
      writing.current = write(writing.current);
    },
    [box],
  );
  const settled = useCallback(() => writing.current, []);
  return { kept, change, settled, safe, elsewhere };
}
