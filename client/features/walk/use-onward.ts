import { useCallback } from 'react';
import { useLocation } from 'wouter';
import type { DoorRow } from './door-row.ts';
import { setWalkPlace } from './walk-place.ts';

/** After a door is served: back to the list, which shows the next one of the walk. */
export function useOnward({ door }: DoorRow): () => void {
  const [, go] = useLocation();
  const { position } = door;
  return useCallback(() => {
    setWalkPlace(position);
    go('/walk');
  }, [go, position]);
}
