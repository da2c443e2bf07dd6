import { useMemo } from 'react';
import type { DoorId } from '#shared/kernel/ids.ts';
import type { Operation } from '#shared/model/operation.ts';
import { useDoorHistory } from './door/use-door-history.ts';

/** What was said at a door and not taken back, oldest first; nothing until it was read. */
export function useStandingFacts(doorId: DoorId): readonly Operation[] {
  const entries = useDoorHistory(doorId);
  return useMemo(
    () =>
      (entries ?? [])
        .filter(({ withdrawn }) => !withdrawn)
        .map(({ op }): Operation => op)
        .reverse(),
    [entries],
  );
}
