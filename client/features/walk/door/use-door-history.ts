import { useEffect, useMemo, useState } from 'react';
import type { DoorId, OpId } from '#shared/kernel/ids.ts';
import type { Operation } from '#shared/model/operation.ts';
import { readOperation } from '#shared/sync/read-operation.ts';
import { readMergedSheet } from '../../../store/merged-sheet.ts';
import { outbox, packets } from '../../../store/phone-store.ts';
import { historyOf, type HistoryEntry } from './history-of.ts';
import { useWalk } from '../walk-context.ts';

interface Row {
  readonly opId: OpId | string;
  readonly doorId: DoorId | null;
  readonly body: string;
  readonly eff?: string;
}

function readFacts(
  doorId: DoorId,
  twins: ReadonlyMap<DoorId, DoorId>,
  rows: readonly Row[],
): readonly Operation[] {
  const facts = new Map<string, Operation>();
  for (const row of rows) {
    if (row.doorId === null || facts.has(row.opId)) continue;
    if ((twins.get(row.doorId) ?? row.doorId) !== doorId) continue;
    const operation = readOperation(row.body, row.eff);
    if (operation !== null) facts.set(row.opId, operation);
  }
  return [...facts.values()];
}

/** Everything that was ever written about a door, newest first; null while it is read. */
export function useDoorHistory(doorId: DoorId): readonly HistoryEntry[] | null {
  const { me, whereabouts, sheet, twins } = useWalk();
  const merged = useMemo(() => readMergedSheet(sheet), [sheet]);
  const [facts, setFacts] = useState<readonly Operation[] | null>(null);
  useEffect(() => {
    let log: readonly Row[] | null = null;
    let own: readonly Row[] | null = null;
    const update = (): void => {
      if (log !== null && own !== null) setFacts(readFacts(doorId, twins, [...log, ...own]));
    };
    const stopLog = packets.watchRows((rows) => {
      log = rows;
      update();
    });
    const stopOwn = outbox.watchAll((ops) => {
      own = ops;
      update();
    });
    return () => {
      stopLog();
      stopOwn();
    };
  }, [doorId, twins]);
  if (facts === null) return null;
  const brought = merged.elsewhere.filter((fact) => fact.entityId === doorId);
  return historyOf([...facts.map(merged.shown), ...brought], me, whereabouts);
}
