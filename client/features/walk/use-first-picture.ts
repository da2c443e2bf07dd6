import { startTransition, useEffect, useState } from 'react';
import { TOWER, type BuildingGroup, type StreetSection } from './list/group-rows.ts';

/** More doors than a tall phone shows at once. */
const FIRST = 9;
/** A tower takes the room of so many. */
const OF_TOWER = 2;

const roomOf = ({ rows }: BuildingGroup): number => (rows.length < TOWER ? rows.length : OF_TOWER);

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
    let room = 0;
    for (const { buildings } of sections.slice(0, at)) {
      for (const group of buildings) room += roomOf(group);
    }
    let most = 0;
    for (const group of sections[at]?.buildings ?? []) {
      if (room >= FIRST) break;
      room += roomOf(group);
      most += 1;
    }
    return most;
  };
}
