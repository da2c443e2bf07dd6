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
  const opIds = new Set<OpId>();
  const heldIds = new Set<string>();
  const doorIds = new Set<DoorId>();
  const personIds = new Set<PersonId>();
  const folded = new Set<DoorId>();
  const visits = new Map<number, Set<DoorId>>();
  for (const { deviceKey, ops } of groups) {
    const visited = visits.get(deviceKey) ?? new Set();
    visits.set(deviceKey, visited);
    for (const { heldId, operation } of ops) {
      heldIds.add(heldId);
      if (typeof operation === 'string') continue;
      const { opId, entityId: doorId, payload, type } = operation;
      opIds.add(opId);
      doorIds.add(doorId);
      visited.add(doorId);
      if ('personId' in payload && payload.personId !== null) personIds.add(payload.personId);
      if (type === 'resident' || type === 'withdraw' || type === 'consent') folded.add(doorId);
    }
  }
  return {
    opIds: [...opIds],
    heldIds: [...heldIds],
    doorIds: [...doorIds],
    personIds: [...personIds],
    foldedDoorIds: [...folded],
    visits,
  };
}
