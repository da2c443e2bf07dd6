import type { DoorId } from '#shared/kernel/ids.ts';
import type { OutboxOp } from '../../../store/outbox-store.ts';

/**
 * Where a fact of this phone is: `phone`: on it alone. `held`: with the chapter, where somebody
 * looks at it. `aside`: looked at, and not counted. `chapter`: received.
 */
export type Place = 'phone' | 'held' | 'aside' | 'chapter';

/** Where each own fact is, and for each door the place of the least settled of them. */
export interface Whereabouts {
  readonly ofFact: ReadonlyMap<string, Place>;
  readonly ofDoor: ReadonlyMap<string, Place>;
  /** How many are on this phone alone. */
  readonly unsent: number;
}

const ORDER: readonly Place[] = ['phone', 'held', 'aside', 'chapter'];

/** Where one fact of the outbox is. What a restored server has forgotten is on the phone again. */
export function placeOf(op: Pick<OutboxOp, 'state' | 'result'>): Place {
  if (op.state === 'unsent' || op.state === 'again') return 'phone';
  if (op.result?.status !== 'held') return 'chapter';
  const { decided } = op.result;
  if (decided === undefined) return 'held';
  return decided === 'discarded' ? 'aside' : 'chapter';
}

/** Where all of them are; `twins` are ids under which doors were found a second time. */
export function whereAll(
  ops: readonly OutboxOp[],
  twins?: ReadonlyMap<DoorId, DoorId>,
): Whereabouts {
  const ofFact = new Map<string, Place>();
  const ofDoor = new Map<string, Place>();
  let unsent = 0;
  for (const op of ops) {
    const place = placeOf(op);
    if (place === 'phone') unsent += 1;
    ofFact.set(op.opId, place);
    const doorId = twins?.get(op.doorId) ?? op.doorId;
    const before = ofDoor.get(doorId);
    if (before === undefined || ORDER.indexOf(place) < ORDER.indexOf(before)) {
      ofDoor.set(doorId, place);
    }
  }
  return { ofFact, ofDoor, unsent };
}
