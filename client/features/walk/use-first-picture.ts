import { startTransition, useEffect, useState } from 'react';
import type { StreetSection } from './list/group-rows.ts';

/** More buildings than a tall phone shows at once. */
const FIRST = 9;

/**
 * A walk that is opened shows its first screen before it draws what lies below: on a slow phone that
 * is half of the wait. Gives how many buildings of a section are drawn now; `whole`: all of them.
 */
export function useFirstPicture(
  sections: readonly StreetSection[],
  whole: boolean,
): (section: number) => number {
  const [all, setAll] = useState(whole);
  useEffect(() => {
    if (all) return;
    let timer: number | undefined;
    // After the frame, not in it.
    const frame = requestAnimationFrame(() => {
      timer = window.setTimeout(() => startTransition(() => setAll(true)));
    });
    return () => {
      cancelAnimationFrame(frame);
      window.clearTimeout(timer);
    };
  }, [all]);
  return (at) => {
    if (all) return Infinity;
    const before = sections.slice(0, at).reduce((sum, each) => sum + each.buildings.length, 0);
    return Math.max(0, FIRST - before);
  };
}
