import { useMemo } from 'react';
import { callRows, type CallRow, nextCall, onList, startOf } from './call-rows.ts';
import { useWalk } from '../walk-context.ts';
import { useWalkPlace } from '../walk-place.ts';

export interface Calls {
  readonly list: readonly CallRow[];
  /** The same with those who came off it, as they asked not to be called. */
  readonly everybody: readonly CallRow[];
  /** Null: nobody is left. */
  readonly next: CallRow | null;
}

/** Whom this call list has, and whom to call next. */
export function useCalls(): Calls {
  const { rows, stateOf, me } = useWalk();
  const everybody = useMemo(() => callRows(rows, stateOf), [rows, stateOf]);
  const list = useMemo(() => onList(everybody), [everybody]);
  const place = useWalkPlace();
  const from =
    place === null
      ? startOf(me ?? '', list.length)
      : list.findIndex(({ row }) => row.door.position >= place);
  return { list, everybody, next: nextCall(list, Math.max(0, from)) };
}

/** Where somebody of a call list is called. */
export function callHref({ row, person }: Pick<CallRow, 'row' | 'person'>): string {
  return `/walk/door/${row.door.id}?person=${person.id}`;
}
