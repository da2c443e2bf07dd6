import { useEffect, useMemo, useState } from 'react';
import { rememberBuildings, type Remembered } from '#shared/canvass/building-memory.ts';
import type { BuildingId } from '#shared/kernel/ids.ts';
import type { Operation } from '#shared/model/operation.ts';
import { readOperation } from '#shared/sync/read-operation.ts';
import { outbox, packets } from '../../../store/phone-store.ts';
import { useWalk } from '../walk-context.ts';

interface Row {
  readonly opId: string;
  readonly body: string;
  readonly eff?: string;
}

/** Most of a turf's log is of something else: only what may be of a building is read. */
const TOLD = /"type":"(?:building|withdraw)"/;

function readTold(rows: readonly Row[]): readonly Operation[] {
  return rows.flatMap(({ body, eff }) => (TOLD.test(body) ? (readOperation(body, eff) ?? []) : []));
}

/** What is known of the turf's buildings, this phone's own words on top; null while it is read. */
export function useBuildingsMemory(): ReadonlyMap<BuildingId, readonly Remembered[]> | null {
  const { memory } = useWalk().sheet;
  const [rows, setRows] = useState<{ log?: readonly Operation[]; own?: readonly Operation[] }>({});
  useEffect(() => {
    const stopLog = packets.watchRows((log) => setRows((now) => ({ ...now, log: readTold(log) })));
    const stopOwn = outbox.watchAll((own) => setRows((now) => ({ ...now, own: readTold(own) })));
    return () => {
      stopLog();
      stopOwn();
    };
  }, []);
  return useMemo(() => {
    const { log, own } = rows;
    if (log === undefined || own === undefined) return null;
    // The log's own comes last: it may have another stamp than the phone gave.
    return rememberBuildings([...readTold(memory ?? []), ...own, ...log]);
  }, [rows, memory]);
}
