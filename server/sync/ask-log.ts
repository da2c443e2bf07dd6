import type { DoorId, OpId, PersonId } from '#shared/kernel/ids.ts';
import type { LogAsk } from '../store/log.ts';
import type { ReadOp } from './read-sealed.ts';

/** The operations of one phone among those that are judged together. */
export interface FromDevice {
  readonly deviceKey: number;
  readonly ops: readonly ReadOp[];
}

/** Everything that judging these operations needs, to be read at once. */
export function askLog(groups: readonly FromDevice[]): LogAsk {
  const opIds: OpId[] = [];
  const heldIds: string[] = [];
  const personIds = new Set<PersonId>();
  const folded = new Set<DoorId>();
  const visits = new Map<number, Set<DoorId>>();
  for (const { deviceKey, ops } of groups) {
    const visited = visits.get(deviceKey) ?? new Set();
    visits.set(deviceKey, visited);
    for (const { heldId, operation } of ops) {
      heldIds.push(heldId);
      if (typeof operation === 'string') continue;
      const { opId, entityId: doorId, payload, type } = operation;
      opIds.push(opId);
      visited.add(doorId);
      if ('personId' in payload && payload.personId !== null) personIds.add(payload.personId);
      if (type === 'resident' || type === 'withdraw' || type === 'consent') folded.add(doorId);
    }
  }
  return {
    opIds,
    heldIds,
    personIds: [...personIds],
    foldedDoorIds: [...folded],
    visits,
  };
}
