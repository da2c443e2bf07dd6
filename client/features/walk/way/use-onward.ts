import { useCallback, useEffect } from 'react';
import { useLocation } from 'wouter';
import type { DoorRow } from '../door-row.ts';
import { prepareNextDoor } from './use-next-door.ts';
import { useWalk } from '../walk-context.ts';
import { setWalkPlace } from '../walk-place.ts';

/**
 * After a door is served: back to the list, which shows the next one of the walk. `replace`: the way
 * back from there does not lead by the page that is left.
 */
export function useOnward({ door }: DoorRow, replace = false): () => void {
  const [, go] = useLocation();
  const walk = useWalk();
  const { position } = door;
  // What comes next is known before it is asked for: nothing on the list moves under the thumb.
  useEffect(() => prepareNextDoor(walk, position), [walk, position]);
  return useCallback(() => {
    setWalkPlace(position);
    go('/walk', { replace });
  }, [go, position, replace]);
}
