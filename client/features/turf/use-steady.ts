import { useEffect, useRef, useState } from 'react';

type Acts = Readonly<Record<string, (...of: never[]) => void>>;

/**
 * The same functions as given, under the same identity for good: each calls the newest of its name.
 * Hundreds of rows that get them need not be drawn again with each move of a pointer.
 */
export function useSteady<T extends Acts>(acts: T): T {
  const latest = useRef(acts);
  useEffect(() => {
    latest.current = acts;
  });
  const [steady] = useState(() => {
    const names = Object.keys(acts) as (keyof T)[];
    const call =
      (name: keyof T) =>
      (...of: never[]) =>
        latest.current[name]?.(...of);
    return Object.fromEntries(names.map((name) => [name, call(name)])) as unknown as T;
  });
  return steady;
}
