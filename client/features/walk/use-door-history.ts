import { useEffect, useState } from 'react';
import type { DoorId } from '#shared/kernel/ids.ts';
import type { Operation } from '#shared/model/operation.ts';
import { readOperation } from '#shared/sync/read-operation.ts';
import { outbox, packets } from '../../store/phone-store.ts';
import { historyOf, type HistoryEntry } from './history-of.ts';
import { useWalk } from './walk-context.ts';

async function readFacts(doorId: DoorId): Promise<readonly Operation[]> {
  const [log, own] = await Promise.all([packets.readRows(), outbox.listAll()]);
  const facts = new Map<string, Operation>();
  for (const row of [...log, ...own]) {
    if (row.doorId !== doorId || facts.has(row.opId)) continue;
    const operation = readOperation(row.body);
    if (operation !== null) facts.set(row.opId, operation);
  }
  return [...facts.values()];
}

/** Everything that was ever written about a door, newest first; null while it is read. */
export function useDoorHistory(doorId: DoorId): readonly HistoryEntry[] | null {
  const { me, stateOf, whereabouts } = useWalk();
  const state = stateOf(doorId);
  const [facts, setFacts] = useState<readonly Operation[] | null>(null);
  useEffect(() => {
    let gone = false;
    void readFacts(doorId).then((read) => {
      if (!gone) setFacts(read);
    });
    return () => {
      gone = true;
    };
    // The door's state changes exactly when one of its facts does.
  }, [doorId, state]);
  return facts === null ? null : historyOf(facts, me, whereabouts);
}
