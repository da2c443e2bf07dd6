import { createContext, use } from 'react';
import type { DoorState } from '#shared/canvass/door-state.ts';
import type { DoorId, MemberId } from '#shared/kernel/ids.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Operation, OperationType, Payloads } from '#shared/model/operation.ts';
import type { Tally } from '#shared/model/turf.ts';
import type { PacketSheet } from '../../store/packet-store.ts';
import type { DoorRow } from './door-row.ts';
import type { Whereabouts } from './sent/place-of.ts';

/** Something to be written down, before it has an id and a time. */
export type Fact = {
  readonly [T in Exclude<OperationType, 'withdraw'>]: {
    readonly type: T;
    readonly payload: Payloads[T];
  };
}[Exclude<OperationType, 'withdraw'>];

/** The turf that this phone holds, with the phone's own unsent facts laid on top. */
export interface WalkView {
  readonly sheet: PacketSheet;
  /** Who walks; null for the instant until the identity is read. */
  readonly me: MemberId | null;
  /** In walk order. */
  readonly rows: readonly DoorRow[];
  readonly tally: Tally;
  readonly whereabouts: Whereabouts;
  /** By any id that the door was found under. */
  readonly rowOf: (doorId: string) => DoorRow | null;
  /** Ids under which doors were found a second time, with the door's own. */
  readonly twins: ReadonlyMap<DoorId, DoorId>;
  readonly stateOf: (doorId: DoorId) => DoorState | null;
  /** Resolves once the fact is durable on this phone, and not before. Never changes identity. */
  readonly record: (fact: Fact) => Promise<Result<Operation>>;
}

export const WalkContext = createContext<WalkView | null>(null);

export function useWalk(): WalkView {
  const walk = use(WalkContext);
  if (walk === null) throw new Error('used outside the walk');
  return walk;
}
