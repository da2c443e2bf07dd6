import { useMemo } from 'react';
import { effectiveFacts } from '#shared/canvass/effective-facts.ts';
import { useOwnFacts } from '../shift/use-own-facts.ts';

/** How many leaflets this person has noted in this turf, without those that they took back. */
export function useLitDrops(): number {
  const facts = useOwnFacts();
  return useMemo(
    () => effectiveFacts(facts ?? []).filter(({ type }) => type === 'lit-drop').length,
    [facts],
  );
}
