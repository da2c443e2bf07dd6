import { createHash } from 'node:crypto';
import { asksNoContact } from '#shared/canvass/door-state.ts';
import type { ChapterId, DeviceId, MemberId } from '#shared/kernel/ids.ts';
import type { Operation } from '#shared/model/operation.ts';
import type { HeldReason, OpResult, SealedOp } from '#shared/sync/protocol.ts';
import type { LogWriter, OpPlace } from '../store/log.ts';
import { checkOperation } from './check-operation.ts';
import { keepResidents, mayBeResident, meetResident } from './keep-residents.ts';

/** The phone that pushes, as its credential says. */
export interface PushingDevice {
  readonly deviceKey: number;
  readonly deviceId: DeviceId;
  readonly memberId: MemberId;
  readonly chapterId: ChapterId;
}

/** What became of one operation, and the door that it changed, if any. */
export interface Taken {
  readonly result: OpResult;
  readonly doorKey: number | null;
}

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();

function judge(
  sealed: SealedOp,
  sha256: string,
  device: PushingDevice,
): Operation | 'corrupt' | 'future' | 'wrong-author' {
  if (sha256 !== sealed.sha256) return 'corrupt';
  const operation = checkOperation(sealed.body);
  if (typeof operation === 'string') return operation;
  if (operation.opId !== sealed.opId) return 'corrupt';
  const own =
    operation.actorId === device.memberId &&
    operation.deviceId === device.deviceId &&
    operation.chapterId === device.chapterId;
  return own ? operation : 'wrong-author';
}

function refuse(
  log: LogWriter,
  operation: Operation,
  place: OpPlace | null,
): Extract<HeldReason, 'unknown-door' | 'scope' | 'id-reuse'> | null {
  if (place === null) return 'unknown-door';
  // A wish not to be contacted counts wherever the door is; who asked for it matters more.
  if (!place.inScope && !asksNoContact(operation)) return 'scope';
  if (operation.type !== 'resident') return null;
  return mayBeResident(log, operation.payload.personId, place.doorKey) ? null : 'id-reuse';
}

function applyEffects(log: LogWriter, operation: Operation, place: OpPlace): void {
  const { doorKey, personKey } = place;
  if (operation.type === 'resident') meetResident(log, operation.payload.personId, doorKey);
  if (operation.type === 'resident' || operation.type === 'withdraw') {
    keepResidents(log, operation.entityId, doorKey);
  }
  if (operation.type !== 'knock' || !asksNoContact(operation)) return;
  // One who is named and not known yet must not become everybody behind the door.
  if (operation.payload.personId === null) log.optOut(operation.opId, doorKey, null);
  else if (personKey !== null) log.optOut(operation.opId, doorKey, personKey);
}

/**
 * Applies one operation or holds it whole; never refuses and never drops. The same bytes always
 * get the same result, whatever has changed since: it is read from where they were stored.
 */
export function takeOperation(
  log: LogWriter,
  device: PushingDevice,
  sealed: SealedOp,
  as?: HeldReason,
): Taken {
  const digest = hashOf(sealed.body);
  const sha256 = digest.toString('hex');
  const { opId, body } = sealed;
  const held = (reason: HeldReason, repeat: boolean): Taken => ({
    result: { opId, status: 'held', reason, repeat },
    doorKey: null,
  });
  // What came with a hash that is not its own is kept apart from the same bytes with the right one.
  const kept =
    sha256 === sealed.sha256 ? sha256 : hashOf(`${sealed.sha256}\n${body}`).toString('hex');
  const hold = (reason: HeldReason): Taken => {
    log.hold(opId, device.deviceKey, reason, kept, body);
    return held(reason, false);
  };

  const before = log.findHeld(opId, kept);
  if (before !== null) return held(before, true);
  if (as !== undefined) return hold(as);
  const operation = judge(sealed, sha256, device);
  if (typeof operation === 'string') return hold(operation);

  const personId = 'personId' in operation.payload ? operation.payload.personId : null;
  const place = log.findPlace(device.deviceKey, operation.entityId, personId);
  const reason = refuse(log, operation, place);
  if (place === null || reason !== null) {
    // Applied while it still could be: the first answer stands.
    const applied = log.findApplied(operation.opId, digest);
    if (applied === null) return hold(reason ?? 'unknown-door');
    return { result: { opId, status: 'applied', ...applied }, doorKey: null };
  }
  const placed = log.append(operation, place, device.deviceKey, digest, body);
  if (placed === 'id-reuse') return hold('id-reuse');
  if (!placed.repeat) applyEffects(log, operation, place);
  return {
    result: { opId, status: 'applied', ...placed },
    doorKey: placed.repeat ? null : place.doorKey,
  };
}
